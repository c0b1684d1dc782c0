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
    assertThatThrownBy(() -> new FaceConfig(320, 1.1, 5, 0.1, 1, 0f, 0.3f, 5, 0.5, 1.05f, 92))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("smoothing is 0.0; allowed is 0.001 to 1.0");
    assertThatThrownBy(() -> new FaceConfig(320, Double.NaN, 5, 0.1, 1, 1, 0.3f, 5, 0.5, 1.05f, 92))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pyramidStep is NaN");
  }
}
