package io.paffmem.stage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of the workers. */
interface KafkaClients {

  Consumer<byte[], byte[]> consumer(Map<String, Object> config);

  Producer<byte[], byte[]> producer(Map<String, Object> config);

  /** Kafka's own clients, whose metrics are in that registry until they are closed. */
  static KafkaClients real(MeterRegistry meters) {
    return new KafkaClients() {
      @Override
      public Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new MeteredConsumer(config, meters);
      }

      @Override
      public Producer<byte[], byte[]> producer(Map<String, Object> config) {
        return new MeteredProducer(config, meters);
      }
    };
  }

  /** Both have metrics of the same names, which only the client's id tells apart. */
  private static Map<String, Object> named(Map<String, Object> config, String kind) {
    Map<String, Object> named = new HashMap<>(config);
    named.merge(CommonClientConfigs.CLIENT_ID_CONFIG, kind, (id, role) -> id + "-" + role);
    return named;
  }

  /** A consumer with its metrics. */
  final class MeteredConsumer extends KafkaConsumer<byte[], byte[]> {
    private final KafkaClientMetrics metrics;

    private MeteredConsumer(Map<String, Object> config, MeterRegistry meters) {
      super(named(config, "consumer"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
      metrics = new KafkaClientMetrics(this);
      metrics.bindTo(meters);
    }

    @Override
    public void close(CloseOptions options) {
      metrics.close();
      super.close(options);
    }
  }

  /** A producer with its metrics. */
  final class MeteredProducer extends KafkaProducer<byte[], byte[]> {
    private final KafkaClientMetrics metrics;

    private MeteredProducer(Map<String, Object> config, MeterRegistry meters) {
      super(named(config, "producer"), new ByteArraySerializer(), new ByteArraySerializer());
      metrics = new KafkaClientMetrics(this);
      metrics.bindTo(meters);
    }

    @Override
    public void close(Duration timeout) {
      metrics.close();
      super.close(timeout);
    }
  }
}
