package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.MemoryConfig.Activity;
import io.paffmem.memory.MemoryConfig.OnlineInsertion;
import org.junit.jupiter.api.Test;

class MemoryConfigTest {
  @Test
  void standard_isTheSettledTable() {
    assertThat(MemoryConfig.standard())
        .isEqualTo(
            new MemoryConfig(
                52,
                Activity.SQUARED,
                0.4f,
                0.2f,
                0.087f,
                0.032f,
                0.3f,
                0.1f,
                1.05f,
                600,
                0.4f,
                512,
                10,
                0,
                ReadingConfig.standard(),
                OnlineInsertion.OFF));
  }

  @Test
  void authors_differsInDistanceAndSteps() {
    assertThat(MemoryConfig.authors())
        .isEqualTo(
            MemoryConfig.paper().toBuilder().activity(Activity.PLAIN).onlineSteps(10).build());
  }

  @Test
  void build_kappaOfOne_isRefused() {
    assertThatThrownBy(() -> MemoryConfig.standard().toBuilder().habituationRecovery(1f).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("habituationRecovery = 1.0 (more than 1, at most 10 allowed)");
  }

  @Test
  void build_severalProblems_namesThemAll() {
    assertThatThrownBy(
            () ->
                MemoryConfig.standard().toBuilder()
                    .capacity(1)
                    .labelRate(Float.NaN)
                    .insertionActivity(1.5f)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity = 1 (at least 2 allowed)")
        .hasMessageContaining("labelRate = NaN (0 to 1 allowed)")
        .hasMessageContaining("insertionActivity = 1.5 (0 to 1 allowed)");
  }
}
