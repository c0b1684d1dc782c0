package io.paffmem.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own clients of bytes. Their metrics are in a registry until they are closed. */
public final class MeteredClients {
  private MeteredClients() {}

  /**
   * A producer.
   *
   * @param settings of Kafka's producer, but for the serializers
   * @throws KafkaException if Kafka refuses the settings; {@link ClientFaults#reason} says why
   */
  public static Producer<byte[], byte[]> producer(
      Map<String, Object> settings, MeterRegistry meters) {
    return new MeteredProducer(settings, meters);
  }

  /**
   * A consumer.
   *
   * @param settings of Kafka's consumer, but for the deserializers
   * @throws KafkaException if Kafka refuses the settings; {@link ClientFaults#reason} says why
   */
  public static Consumer<byte[], byte[]> consumer(
      Map<String, Object> settings, MeterRegistry meters) {
    return new MeteredConsumer(settings, meters);
  }

  private static final class MeteredProducer extends KafkaProducer<byte[], byte[]> {
    private final KafkaClientMetrics metrics;

    MeteredProducer(Map<String, Object> settings, MeterRegistry meters) {
      super(settings, new ByteArraySerializer(), new ByteArraySerializer());
      metrics = new KafkaClientMetrics(this);
      metrics.bindTo(meters);
    }

    // Kafka's close() without a time-out ends here too.
    @Override
    public void close(Duration timeout) {
      metrics.close();
      super.close(timeout);
    }
  }

  private static final class MeteredConsumer extends KafkaConsumer<byte[], byte[]> {
    private final KafkaClientMetrics metrics;

    MeteredConsumer(Map<String, Object> settings, MeterRegistry meters) {
      super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      metrics = new KafkaClientMetrics(this);
      metrics.bindTo(meters);
    }

    @Override
    public void close() {
      metrics.close();
      super.close();
    }

    @Override
    public void close(CloseOptions options) {
      metrics.close();
      super.close(options);
    }
  }
}
