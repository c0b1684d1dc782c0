package io.paffmem.stage;

import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.kafka.MeteredClients;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the clients of the workers. */
interface KafkaClients {

  Consumer<byte[], byte[]> consumer(Map<String, Object> config);

  Producer<byte[], byte[]> producer(Map<String, Object> config);

  /** Kafka's own clients, whose metrics are in that registry until they are closed. */
  static KafkaClients real(MeterRegistry meters) {
    return new KafkaClients() {
      @Override
      public Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return MeteredClients.consumer(named(config, "consumer"), meters);
      }

      @Override
      public Producer<byte[], byte[]> producer(Map<String, Object> config) {
        return MeteredClients.producer(named(config, "producer"), meters);
      }
    };
  }

  /** Both have metrics of the same names, which only the client's id tells apart. */
  private static Map<String, Object> named(Map<String, Object> config, String kind) {
    Map<String, Object> named = new HashMap<>(config);
    named.merge(CommonClientConfigs.CLIENT_ID_CONFIG, kind, (id, role) -> id + "-" + role);
    return named;
  }
}
