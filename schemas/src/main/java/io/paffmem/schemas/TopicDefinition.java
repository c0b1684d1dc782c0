package io.paffmem.schemas;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * How one topic is kept.
 *
 * @param name one of {@link Topics}' names
 * @param recordType what its values are; null where they are bytes of any kind
 * @param compacted whether the latest record of each key stays for ever, and the retention is that
 *     of tombstones
 * @param partitionedByPerson whether its partitions must match the other topics', because a task
 *     reads or writes it person by person
 * @param retention how long records stay. Kafka removes whole segments, so a record goes between
 *     this and {@code retention + segment} after it came
 * @param segment after how long a segment is closed
 * @param segmentBytes at which size it is closed
 * @param maxMessageBytes limit of a record batch
 */
public record TopicDefinition(
    String name,
    @Nullable Class<? extends SpecificRecord> recordType,
    boolean compacted,
    boolean partitionedByPerson,
    Duration retention,
    Duration segment,
    int segmentBytes,
    int maxMessageBytes) {

  /**
   * Under which name the registry keeps the schemas of its values: Confluent's TopicNameStrategy.
   */
  public String subject() {
    return name + "-value";
  }

  /** The topic's configuration in Kafka's terms. */
  public Map<String, String> config() {
    return Map.of(
        CLEANUP_POLICY_CONFIG,
        compacted ? CLEANUP_POLICY_COMPACT : CLEANUP_POLICY_DELETE,
        compacted ? DELETE_RETENTION_MS_CONFIG : RETENTION_MS_CONFIG,
        Long.toString(retention.toMillis()),
        SEGMENT_MS_CONFIG,
        Long.toString(segment.toMillis()),
        SEGMENT_BYTES_CONFIG,
        Integer.toString(segmentBytes),
        MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(maxMessageBytes),
        // The time of ingest travels with the record; the broker must not overwrite it.
        MESSAGE_TIMESTAMP_TYPE_CONFIG,
        "CreateTime");
  }
}
