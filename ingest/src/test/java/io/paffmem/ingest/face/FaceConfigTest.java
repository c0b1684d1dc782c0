package io.paffmem.ingest.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FaceConfigTest {
  @Test
  void defaults_areAllowed() {
    assertThat(FaceConfig.defaults().maxCarried()).isPositive();
  }

  @Test
  void new_valueOutOfRange_namesItAndWhatIsAllowed() {
    assertThatThrownBy(() -> with(1.1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("smoothing is 0.0; allowed is 0.001 to 1.0");
    assertThatThrownBy(() -> with(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pyramidStep is NaN");
  }

  private static FaceConfig with(double pyramidStep, float smoothing) {
    return new FaceConfig(
        320, pyramidStep, 5, 0.1, 1, 50, smoothing, 0.3f, 5, 0.5, 0.55f, 0.8f, 1.05f, 92);
  }
}
