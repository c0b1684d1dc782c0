package io.paffmem.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

// Clients connect when they have something to say, so none of these needs a broker.
final class MeteredClientsTest {
  private static final Map<String, Object> SETTINGS =
      Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", "tried");

  private final MeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void producer_untilItIsClosed_hasItsMetricsUnderItsId() {
    Producer<byte[], byte[]> producer = MeteredClients.producer(SETTINGS, meters);

    assertThat(metersOf("kafka.producer.")).contains("tried");

    producer.close(Duration.ZERO);

    assertThat(metersOf("kafka.producer.")).isEmpty();
  }

  @Test
  void consumer_untilItIsClosed_hasItsMetricsUnderItsId() {
    Consumer<byte[], byte[]> consumer = MeteredClients.consumer(SETTINGS, meters);

    assertThat(metersOf("kafka.consumer.")).contains("tried");

    consumer.close(CloseOptions.timeout(Duration.ZERO));

    assertThat(metersOf("kafka.consumer.")).isEmpty();
  }

  @Test
  void close_withoutATimeOut_takesTheMetricsAwayToo() {
    MeteredClients.consumer(SETTINGS, meters).close();
    MeteredClients.producer(SETTINGS, meters).close();

    assertThat(metersOf("kafka.")).isEmpty();
  }

  @Test
  void producer_wrongSetting_isRefusedWithItsReason() {
    assertThatThrownBy(
            () ->
                MeteredClients.producer(
                    Map.of("bootstrap.servers", "127.0.0.1:1", "acks", "perhaps"), meters))
        .isInstanceOfSatisfying(
            KafkaException.class,
            e -> assertThat(ClientFaults.reason(e)).hasMessageContaining("acks"));
    assertThat(metersOf("kafka.")).isEmpty();
  }

  /** The clients' ids of the meters whose names begin so. */
  private Stream<String> metersOf(String prefix) {
    return meters.getMeters().stream()
        .filter(meter -> meter.getId().getName().startsWith(prefix))
        .map(meter -> String.valueOf(meter.getId().getTag("client.id")));
  }
}
