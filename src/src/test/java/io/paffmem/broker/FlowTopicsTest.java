package io.paffmem.broker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.FlowTopics;
import io.paffmem.schemas.FlowTopicsException;
import io.paffmem.schemas.TopicDefinition;
import io.paffmem.schemas.Topics;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The topics of the flow on a real broker, which is why this is not beside them. */
@Tag("broker")
@Timeout(600)
final class FlowTopicsTest {

  @Test
  void createMissing_newBroker_allAsDefinedAndNoneTheSecondTime() throws Exception {
    List<String> all = Topics.definitions().stream().map(TopicDefinition::name).toList();
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        Admin admin = admin(broker)) {
      FlowTopics topics = new FlowTopics(admin);
      assertThatThrownBy(topics::check)
          .isInstanceOf(FlowTopicsException.class)
          .hasMessageContaining(String.join(", ", all))
          .hasMessageContaining("paffmem topics create");

      assertThat(topics.createMissing(3, (short) 1)).isEqualTo(all);

      assertThat(topics.createMissing(3, (short) 1)).isEmpty();
      assertThat(topics.check()).isEqualTo(3);
      for (TopicDefinition definition : Topics.definitions()) {
        Config config = config(admin, definition.name());
        assertThat(definition.config())
            .allSatisfy(
                (key, value) -> assertThat(config.get(key).value()).as(key).isEqualTo(value));
      }
    }
  }

  /** A record that is refused once may hold up a producer for good. */
  @Test
  void createMissing_writtenAtOnceWithoutASecondTry_everyPartitionTakesIt() throws Exception {
    int partitions = 40;
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        Admin admin = admin(broker)) {
      new FlowTopics(admin).createMissing(partitions, (short) 1);

      Map<String, Object> client = client(broker);
      client.put(ProducerConfig.RETRIES_CONFIG, 0);
      client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      try (Producer<byte[], byte[]> producer =
          new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
        for (TopicDefinition topic : Topics.definitions()) {
          for (int partition = 0; partition < partitions; partition++) {
            sent.add(
                producer.send(
                    new ProducerRecord<>(topic.name(), partition, new byte[] {1}, new byte[] {1})));
          }
        }
      }
      for (Future<RecordMetadata> one : sent) {
        assertThat(one.get().offset()).isZero();
      }
    }
  }

  @Test
  void check_topicThatWasThereWithMorePartitions_namesTopicsAndCounts() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        Admin admin = admin(broker)) {
      FlowTopics topics = new FlowTopics(admin);
      admin.createTopics(List.of(new NewTopic(Topics.SEEDS, 5, (short) 1))).all().get();

      assertThat(topics.createMissing(3, (short) 1))
          .hasSize(Topics.definitions().size() - 1)
          .doesNotContain(Topics.SEEDS);

      assertThatThrownBy(topics::check)
          .isInstanceOf(FlowTopicsException.class)
          .hasMessageContaining("seeds 5")
          .hasMessageContaining("frames 3");
    }
  }

  @Test
  void check_noBroker_saysSo() throws Exception {
    try (ServerSocket silent = LoopbackPorts.bind(0);
        Admin nowhere = admin(LoopbackPorts.HOST + ":" + silent.getLocalPort(), 10_000, 5_000)) {
      assertThatThrownBy(() -> new FlowTopics(nowhere).check())
          .isInstanceOf(FlowTopicsException.class)
          .hasMessageContaining("does not answer");
    }
  }

  private static Config config(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return requireNonNull(admin.describeConfigs(Set.of(resource)).all().get().get(resource));
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(client(broker));
  }

  private static Map<String, Object> client(EmbeddedBroker broker) {
    Map<String, Object> client = new HashMap<>(broker.clientProperties());
    client.put("bootstrap.servers", broker.bootstrapServers());
    return client;
  }

  private static Admin admin(String bootstrapServers, int callMillis, int requestMillis) {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "default.api.timeout.ms",
            callMillis,
            "request.timeout.ms",
            requestMillis));
  }
}
