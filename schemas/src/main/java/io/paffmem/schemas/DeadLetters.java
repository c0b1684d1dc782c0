package io.paffmem.schemas;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Records that no stage can use: key, value and timestamp as they came, and in headers (UTF-8 text)
 * which stage refused them, why, and where they stood. Beside them stand notes: records without a
 * value that say which dead letter was sent back to its topic.
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

  /** Of a note: partition and offset of the dead letter that was sent back, e.g. {@code 2-714}. */
  public static final String SENT_BACK = "paffmem.sent-back";

  /** The reason of a frame without the consent that is asked for. Its picture is not kept. */
  public static final String CONSENT_MISSING = "consent_missing";

  private static final List<String> OWN = List.of(STAGE, REASON, TOPIC, PARTITION, OFFSET);

  private DeadLetters() {}

  /**
   * Where a dead letter came from.
   *
   * @param stage that refused it
   * @param reason why
   * @param topic on which it came
   */
  public record Origin(String stage, String reason, String topic) {}

  /** Where a record of the topic came from; empty if it is no dead letter. */
  public static Optional<Origin> origin(ConsumerRecord<byte[], byte[]> letter) {
    String stage = text(letter, STAGE);
    String reason = text(letter, REASON);
    String topic = text(letter, TOPIC);
    return stage == null || reason == null || topic == null
        ? Optional.empty()
        : Optional.of(new Origin(stage, reason, topic));
  }

  /**
   * The record as it came, for the topic on which it came: key, value, timestamp and its own
   * headers.
   *
   * @throws IllegalArgumentException if it is no dead letter
   */
  public static ProducerRecord<byte[], byte[]> sentBack(ConsumerRecord<byte[], byte[]> letter) {
    Origin origin =
        origin(letter).orElseThrow(() -> new IllegalArgumentException("This is no dead letter"));
    Headers headers = new RecordHeaders(letter.headers());
    OWN.forEach(headers::remove);
    Long timestamp = letter.timestamp() < 0 ? null : letter.timestamp();
    return new ProducerRecord<>(
        origin.topic(), null, timestamp, letter.key(), letter.value(), headers);
  }

  /** The note that a dead letter was sent back. */
  public static ProducerRecord<byte[], byte[]> note(ConsumerRecord<byte[], byte[]> letter) {
    Headers headers = new RecordHeaders();
    add(headers, SENT_BACK, place(letter));
    return new ProducerRecord<>(Topics.DEAD_LETTERS, null, null, null, null, headers);
  }

  /** The {@link #place} of the dead letter that a note is about; empty if it is no note. */
  public static Optional<String> noted(ConsumerRecord<byte[], byte[]> record) {
    return Optional.ofNullable(text(record, SENT_BACK));
  }

  /** Partition and offset of a dead letter on its own topic. */
  public static String place(ConsumerRecord<byte[], byte[]> letter) {
    return letter.partition() + "-" + letter.offset();
  }

  private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

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
