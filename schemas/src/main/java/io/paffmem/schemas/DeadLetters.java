package io.paffmem.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Records that no stage can use: key, value and timestamp as they came, and in headers (UTF-8 text)
 * which stage refused them, why, and where they stood.
 */
public final class DeadLetters {
  /** The stage that refused the record, e.g. {@code encode}. */
  public static final String STAGE = "paffmem.stage";

  /** Why, as a code in snake case, e.g. {@code not_avro}. */
  public static final String REASON = "paffmem.reason";

  /** The topic on which the record came. */
  public static final String TOPIC = "paffmem.topic";

  /** Its partition there, in decimal. */
  public static final String PARTITION = "paffmem.partition";

  /** Its offset there, in decimal. */
  public static final String OFFSET = "paffmem.offset";

  private DeadLetters() {}

  /** The dead letter of one record. The record's own headers stay, before the ones added here. */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> source, String stage, String reason) {
    Headers all = new RecordHeaders(source.headers());
    for (var header : headers(stage, reason, source.topic(), source.partition(), source.offset())) {
      all.remove(header.key()).add(header);
    }
    // Clients may have set any number; a producer takes none below 0.
    Long timestamp = source.timestamp() < 0 ? null : source.timestamp();
    return new ProducerRecord<>(
        Topics.DEAD_LETTERS, null, timestamp, source.key(), source.value(), all);
  }

  /** The headers of a dead letter, for stages that send it by other means. */
  public static Headers headers(
      String stage, String reason, String topic, int partition, long offset) {
    Headers headers = new RecordHeaders();
    add(headers, STAGE, stage);
    add(headers, REASON, reason);
    add(headers, TOPIC, topic);
    add(headers, PARTITION, Integer.toString(partition));
    add(headers, OFFSET, Long.toString(offset));
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
