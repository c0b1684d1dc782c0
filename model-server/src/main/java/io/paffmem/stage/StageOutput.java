package io.paffmem.stage;

import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.avro.FrameIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What a stage made of a batch: the records to send, in order, and how many of each kind. */
final class StageOutput {
  /** A frame that names no consent, where one is required. */
  static final String CONSENT_MISSING = "consent_missing";

  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private int answers;
  private int refusals;
  private int deadLetters;
  private int withoutConsent;

  /** An answer goes out under its source's key and time; the key alone chooses the partition. */
  void answer(ConsumerRecord<byte[], byte[]> source, String topic, byte[] value) {
    records.add(derived(source, topic, value));
    answers++;
  }

  void refusal(ConsumerRecord<byte[], byte[]> source, String topic, byte[] value) {
    records.add(derived(source, topic, value));
    refusals++;
  }

  void deadLetter(ConsumerRecord<byte[], byte[]> source, String stage, String reason) {
    records.add(DeadLetters.of(source, stage, reason));
    deadLetters++;
    if (reason.equals(CONSENT_MISSING)) {
      withoutConsent++;
    }
  }

  void append(StageOutput other) {
    records.addAll(other.records);
    answers += other.answers;
    refusals += other.refusals;
    deadLetters += other.deadLetters;
    withoutConsent += other.withoutConsent;
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }

  int answers() {
    return answers;
  }

  int refusals() {
    return refusals;
  }

  int deadLetters() {
    return deadLetters;
  }

  /** Those among the dead letters that named no consent. */
  int withoutConsent() {
    return withoutConsent;
  }

  /** Whether the record's key is its person. */
  static boolean isKeyedBy(FrameIdentity identity, ConsumerRecord<byte[], byte[]> source) {
    return Arrays.equals(source.key(), identity.getPersonId().getBytes(StandardCharsets.UTF_8));
  }

  private static ProducerRecord<byte[], byte[]> derived(
      ConsumerRecord<byte[], byte[]> source, String topic, byte[] value) {
    @Nullable Long timestamp = source.timestamp() < 0 ? null : source.timestamp();
    return new ProducerRecord<>(topic, null, timestamp, source.key(), value);
  }
}
