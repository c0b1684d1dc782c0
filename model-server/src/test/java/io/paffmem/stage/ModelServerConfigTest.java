package io.paffmem.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.stage.ModelServerConfig.Workers;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ModelServerConfigTest {
  private static final ModelServerConfig DEFAULT = ModelServerConfig.at("localhost:9092", "one");

  @Test
  void new_severalThingsWrong_namesThemAllAtOnce() {
    assertThatThrownBy(
            () ->
                new ModelServerConfig(
                    " ",
                    "a b",
                    new Workers("same", 65, 0),
                    new Workers("same", 1, 1),
                    999,
                    false,
                    Map.of("isolation.level", "read_uncommitted", "fetch.min.byte", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bootstrapServers is empty")
        .hasMessageContaining("instanceId is 'a b'; allowed are")
        .hasMessageContaining("encode.count is 65; allowed are 0 to 64")
        .hasMessageContaining("encode.batchSize is 0; allowed are 1 to 4096")
        .hasMessageContaining("encode.group and imagine.group are both 'same'")
        .hasMessageContaining("transactionTimeoutMillis is 999; allowed are 1000 to 60000")
        .hasMessageContaining("isolation.level; the stages set that themselves")
        .hasMessageContaining("fetch.min.byte; Kafka's consumer and producer know no such setting");
  }

  @Test
  void at_defaults_areTwoAndOneWorkers() {
    assertThat(DEFAULT.encode()).isEqualTo(new Workers("paffmem-encode", 2, 256));
    assertThat(DEFAULT.imagine()).isEqualTo(new Workers("paffmem-imagine", 1, 16));
  }

  @Test
  void consumerSettings_defaults_areWhatExactlyOnceNeeds() {
    ConsumerConfig config =
        new ConsumerConfig(
            ConsumerConfig.appendDeserializerToConfig(
                ClientSettings.consumer(DEFAULT, DEFAULT.encode(), "paffmem-encode-one-0"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));

    assertThat(config.getString(ConsumerConfig.GROUP_ID_CONFIG)).isEqualTo("paffmem-encode");
    assertThat(config.getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG)).isEqualTo("read_committed");
    assertThat(config.getBoolean(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG)).isFalse();
    assertThat(config.getString(ConsumerConfig.GROUP_PROTOCOL_CONFIG)).isEqualTo("classic");
    assertThat(config.getInt(ConsumerConfig.MAX_POLL_RECORDS_CONFIG)).isEqualTo(256);
    assertThat(ConsumerConfig.configNames())
        .containsAll(ClientSettings.consumer(DEFAULT, DEFAULT.encode(), "id").keySet());
  }

  @Test
  void producerSettings_defaults_areWhatExactlyOnceNeeds() {
    ProducerConfig config = producerConfig(DEFAULT);

    assertThat(config.getString(ProducerConfig.TRANSACTIONAL_ID_CONFIG))
        .isEqualTo("paffmem-encode-one-0");
    assertThat(config.getInt(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)).isEqualTo(6_000);
    assertThat(config.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)).isTrue();
    assertThat(config.getString(ProducerConfig.ACKS_CONFIG)).isEqualTo("-1");
    assertThat(ProducerConfig.configNames())
        .containsAll(ClientSettings.producer(DEFAULT, "id").keySet());
  }

  @Test
  void settings_clientProperties_goToTheClientThatKnowsThem() {
    ModelServerConfig config =
        new ModelServerConfig(
            DEFAULT.bootstrapServers(),
            DEFAULT.instanceId(),
            DEFAULT.encode(),
            DEFAULT.imagine(),
            DEFAULT.transactionTimeoutMillis(),
            DEFAULT.requireConsent(),
            Map.of("linger.ms", "3", "fetch.max.wait.ms", "7", "retry.backoff.ms", "11"));

    assertThat(ClientSettings.consumer(config, config.encode(), "id"))
        .containsEntry("fetch.max.wait.ms", "7")
        .containsEntry("retry.backoff.ms", "11")
        .doesNotContainKey("linger.ms");
    assertThat(producerConfig(config).getLong(ProducerConfig.LINGER_MS_CONFIG)).isEqualTo(3);
  }

  private static ProducerConfig producerConfig(ModelServerConfig config) {
    Map<String, Object> settings = ClientSettings.producer(config, "paffmem-encode-one-0");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return new ProducerConfig(settings);
  }
}
