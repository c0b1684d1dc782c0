package io.paffmem.topology;

import io.paffmem.schemas.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's clients, as Kafka Streams makes them itself, but for one thing: of each event it is told
 * how long after the ingest of its frame it was committed. Only the producer knows that moment,
 * from which on readers can see the event.
 */
final class StreamClients implements KafkaClientSupplier {
  private final LongSupplier clockMillis;
  private final LongConsumer latencies;

  /**
   * @param latencies is given the milliseconds of each committed event, by the stream's threads
   */
  StreamClients(LongSupplier clockMillis, LongConsumer latencies) {
    this.clockMillis = clockMillis;
    this.latencies = latencies;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    Committed committed = new Committed();
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()) {
      @Override
      public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (record.topic().equals(Topics.EMOTIONS) && record.timestamp() != null) {
          committed.sent(record.timestamp());
        }
        return super.send(record, callback);
      }

      @Override
      public void beginTransaction() {
        committed.begin();
        super.beginTransaction();
      }

      @Override
      public void commitTransaction() {
        super.commitTransaction();
        committed.commit();
      }
    };
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The times of ingest of one transaction's events. Used by one thread. */
  final class Committed {
    private long[] ingested = new long[256];
    private int size;

    void begin() {
      size = 0;
    }

    void sent(long ingestedMillis) {
      if (size == ingested.length) {
        ingested = Arrays.copyOf(ingested, 2 * size);
      }
      ingested[size++] = ingestedMillis;
    }

    void commit() {
      long now = clockMillis.getAsLong();
      for (int i = 0; i < size; i++) {
        latencies.accept(now - ingested[i]);
      }
      size = 0;
    }
  }
}
