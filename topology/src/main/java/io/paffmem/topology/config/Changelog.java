package io.paffmem.topology.config;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** How the changelog of the memories is kept, so that what was forgotten leaves it in time. */
public final class Changelog {
  /**
   * A broker compacts no segment that is still written to, and begins the next one with a write: so
   * often at least a task writes to its changelog, though none of its people come.
   */
  public static final Duration WRITE_INTERVAL = Duration.ofMinutes(10);

  /** After that time a segment is closed, and due to be compacted. */
  private static final String COMPACTION_MILLIS = Long.toString(Duration.ofHours(1).toMillis());

  /** The topic's own settings. */
  public static final Map<String, String> TOPIC_CONFIG =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_MS_CONFIG, COMPACTION_MILLIS,
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(32 * 1024 * 1024),
          TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, COMPACTION_MILLIS,
          TopicConfig.DELETE_RETENTION_MS_CONFIG, COMPACTION_MILLIS);

  private Changelog() {}
}
