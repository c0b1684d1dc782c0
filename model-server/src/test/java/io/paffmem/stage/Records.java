package io.paffmem.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.avro.FrameIdentity;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records as they come and go. */
final class Records {
  static final long INGESTED_AT_MILLIS = 1_700_000_000_000L;

  private Records() {}

  static FrameIdentity identity(String person, long sequence) {
    return new FrameIdentity(person, "stream-1", sequence);
  }

  static ConsumerRecord<byte[], byte[]> polled(
      String topic, int partition, long offset, String key, byte[] value) {
    return polled(topic, partition, offset, key.getBytes(UTF_8), value);
  }

  @SuppressWarnings("NullAway") // Kafka's records may lack key and value, and do not say so.
  static ConsumerRecord<byte[], byte[]> polled(
      String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        INGESTED_AT_MILLIS + offset,
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  static <T extends SpecificRecord> T read(
      AvroSerde<T> serde, ProducerRecord<byte[], byte[]> record) {
    return ((Decoded.Value<T>) serde.decode(record.topic(), record.value())).value();
  }

  static List<ProducerRecord<byte[], byte[]>> of(
      String topic, List<ProducerRecord<byte[], byte[]>> records) {
    return records.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  static String reason(ProducerRecord<byte[], byte[]> deadLetter) {
    return header(deadLetter, DeadLetters.REASON);
  }

  static String header(ProducerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
