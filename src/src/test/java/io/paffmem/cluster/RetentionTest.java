package io.paffmem.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final String HOUR_MILLIS = "3600000";

  @Test
  void longest_isTheRetentionAndTheTimeThatASegmentIsOpen() {
    Retention frames =
        Retention.of(
            "frames",
            config(
                Map.of(
                    "cleanup.policy", "delete",
                    "retention.ms", "7200000",
                    "segment.ms", HOUR_MILLIS)));

    assertThat(frames).isEqualTo(new Retention("frames", Duration.ofHours(3), false));
  }

  @Test
  void longestOfACompactedTopic_waitsForTheWriteThatEndsTheSegment() {
    Retention changelog =
        Retention.of(
            "changelog",
            config(
                Map.of(
                    "cleanup.policy", "compact",
                    "max.compaction.lag.ms", HOUR_MILLIS,
                    "segment.ms", HOUR_MILLIS)));

    assertThat(changelog)
        .isEqualTo(new Retention("changelog", Duration.ofHours(2).plusMinutes(10), true));
  }

  private static Config config(Map<String, String> settings) {
    List<ConfigEntry> entries =
        settings.entrySet().stream()
            .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
            .toList();
    return new Config(entries);
  }
}
