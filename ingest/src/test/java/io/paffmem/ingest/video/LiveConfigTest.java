package io.paffmem.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LiveConfigTest {
  @Test
  void pause_moreFailures_doublesUpToTheLongest() {
    LiveConfig config =
        new LiveConfig(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(3), null);

    assertThat(config.pause(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(config.pause(2)).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.pause(4)).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.pause(1000)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void config_outOfRange_namesEverything() {
    assertThatThrownBy(
            () ->
                new LiveConfig(
                    Duration.ZERO, Duration.ofSeconds(1), Duration.ofDays(2), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stall")
        .hasMessageContaining("longestPause")
        .hasMessageContaining("giveUp");
  }
}
