package io.paffmem.topology.task;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's time of ingest. Brokers take records without one, and Kafka Streams would leave them
 * out or stop; here they count as old as the newest before them in their partition, which they are
 * not older than, or as of 1970, and a header says so.
 */
public final class IngestTime implements TimestampExtractor {
  /** Marks a record whose time is not known. */
  public static final String UNKNOWN = "paffmem.time-unknown";

  /** For Kafka Streams. */
  public IngestTime() {}

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionMillis) {
    if (record.timestamp() >= 0) {
      return record.timestamp();
    }
    record.headers().remove(UNKNOWN).add(UNKNOWN, new byte[0]);
    return Math.max(0, partitionMillis);
  }

  /**
   * The latest time at which a record may have been sent: its own, or the clock's where it has
   * none.
   */
  static long latest(Headers headers, long timestampMillis, long nowMillis) {
    return headers.lastHeader(UNKNOWN) == null
        ? timestampMillis
        : Math.max(timestampMillis, nowMillis);
  }
}
