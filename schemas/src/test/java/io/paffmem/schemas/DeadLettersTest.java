package io.paffmem.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {

  @Test
  void of_record_bytesAndTimestampAsTheyCameAndHeadersSayWhy() {
    byte[] key = {1};
    byte[] value = {2, 3};
    Headers own = new RecordHeaders().add("trace", new byte[] {9});
    own.add(DeadLetters.STAGE, "forged".getBytes(UTF_8));

    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.of(record(123_456L, key, value, own), "encode", "not_avro");

    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
    assertThat(letter.partition()).isNull();
    assertThat(letter.key()).isSameAs(key);
    assertThat(letter.value()).isSameAs(value);
    assertThat(letter.timestamp()).isEqualTo(123_456L);
    assertThat(text(letter.headers(), DeadLetters.STAGE)).isEqualTo("encode");
    assertThat(text(letter.headers(), DeadLetters.REASON)).isEqualTo("not_avro");
    assertThat(text(letter.headers(), DeadLetters.TOPIC)).isEqualTo("frames");
    assertThat(text(letter.headers(), DeadLetters.PARTITION)).isEqualTo("3");
    assertThat(text(letter.headers(), DeadLetters.OFFSET)).isEqualTo("42");
    assertThat(letter.headers().lastHeader("trace").value()).containsExactly(9);
    assertThat(letter.headers().headers(DeadLetters.STAGE)).hasSize(1);
  }

  @Test
  void of_recordWithoutTimestamp_leftToTheProducer() {
    ConsumerRecord<byte[], byte[]> source =
        record(ConsumerRecord.NO_TIMESTAMP, new byte[0], new byte[0], new RecordHeaders());

    assertThat(DeadLetters.of(source, "encode", "not_avro").timestamp()).isNull();
  }

  @Test
  void sentBack_letter_isTheRecordAsItCame() {
    Headers own = new RecordHeaders().add("trace", new byte[] {9});
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.of(
            record(123_456L, new byte[] {1}, new byte[] {2, 3}, own), "encode", "unknown_schema");

    ProducerRecord<byte[], byte[]> back = DeadLetters.sentBack(onItsTopic(letter));

    assertThat(back.topic()).isEqualTo("frames");
    assertThat(back.partition()).isNull(); // by key: it may have come to a wrong one
    assertThat(back.timestamp()).isEqualTo(123_456L);
    assertThat(back.key()).containsExactly(1);
    assertThat(back.value()).containsExactly(2, 3);
    assertThat(back.headers()).extracting(Header::key).containsExactly("trace");
  }

  @Test
  void note_ofLetter_namesItAndIsNoLetter() {
    ConsumerRecord<byte[], byte[]> letter =
        onItsTopic(
            DeadLetters.of(
                record(5, new byte[] {1}, new byte[] {2}, new RecordHeaders()),
                "encode",
                "not_avro"));

    ConsumerRecord<byte[], byte[]> note = onItsTopic(DeadLetters.note(letter));

    assertThat(DeadLetters.noted(note)).contains("2-714");
    assertThat(DeadLetters.origin(note)).isEmpty();
    assertThat(DeadLetters.noted(letter)).isEmpty();
    assertThat(DeadLetters.origin(letter))
        .contains(new DeadLetters.Origin("encode", "not_avro", "frames"));
    assertThatThrownBy(() -> DeadLetters.sentBack(note))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ConsumerRecord<byte[], byte[]> onItsTopic(ProducerRecord<byte[], byte[]> sent) {
    return new ConsumerRecord<>(
        sent.topic(),
        2,
        714L,
        sent.timestamp() == null ? 1L : sent.timestamp(),
        TimestampType.CREATE_TIME,
        0,
        0,
        sent.key(),
        sent.value(),
        sent.headers(),
        Optional.empty());
  }

  private static ConsumerRecord<byte[], byte[]> record(
      long timestamp, byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        Topics.FRAMES,
        3,
        42L,
        timestamp,
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), UTF_8);
  }
}
