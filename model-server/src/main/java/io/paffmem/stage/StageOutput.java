package io.paffmem.stage;

import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.avro.FrameIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a stage made of a batch: the records to send, in order, and how many of each kind. */
final class StageOutput {
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  private int answers;
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final Map<String, Integer> deadLetters = new TreeMap<>();

  /** An answer goes out under its source's key and time; the key alone chooses the partition. */
  void answer(ConsumerRecord<byte[], byte[]> source, String topic, byte[] value) {
    ProducerRecord<byte[], byte[]> answer = derived(source, topic, value);
    for (String name : List.of(FrameHeaders.CONSENT, FrameHeaders.TEACHES)) {
      Header declared = source.headers().lastHeader(name);
      if (declared != null) {
        answer.headers().add(declared);
      }
    }
    records.add(answer);
    answers++;
  }

  void refusal(ConsumerRecord<byte[], byte[]> source, String topic, byte[] value, String reason) {
    records.add(derived(source, topic, value));
    refusals.merge(reason, 1, Integer::sum);
  }

  void deadLetter(ConsumerRecord<byte[], byte[]> source, String stage, String reason) {
    records.add(DeadLetters.of(source, stage, reason));
    deadLetters.merge(reason, 1, Integer::sum);
  }

  /** As the other, with another value instead of the record's own. */
  void deadLetter(
      ConsumerRecord<byte[], byte[]> source, String stage, String reason, byte[] instead) {
    ProducerRecord<byte[], byte[]> letter = DeadLetters.of(source, stage, reason);
    records.add(
        new ProducerRecord<>(
            letter.topic(),
            letter.partition(),
            letter.timestamp(),
            letter.key(),
            instead,
            letter.headers()));
    deadLetters.merge(reason, 1, Integer::sum);
  }

  void append(StageOutput other) {
    records.addAll(other.records);
    answers += other.answers;
    other.refusals.forEach((reason, many) -> refusals.merge(reason, many, Integer::sum));
    other.deadLetters.forEach((reason, many) -> deadLetters.merge(reason, many, Integer::sum));
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }

  int answers() {
    return answers;
  }

  /** How many refusals for each reason. */
  Map<String, Integer> refusalReasons() {
    return refusals;
  }

  /** How many dead letters for each reason. */
  Map<String, Integer> deadLetterReasons() {
    return deadLetters;
  }

  /** Whether the record's key is its person. */
  static boolean isKeyedBy(FrameIdentity identity, ConsumerRecord<byte[], byte[]> source) {
    return Arrays.equals(source.key(), PersonKey.bytes(identity.getPersonId()));
  }

  private static ProducerRecord<byte[], byte[]> derived(
      ConsumerRecord<byte[], byte[]> source, String topic, byte[] value) {
    @Nullable Long timestamp = source.timestamp() < 0 ? null : source.timestamp();
    return new ProducerRecord<>(topic, null, timestamp, source.key(), value);
  }
}
