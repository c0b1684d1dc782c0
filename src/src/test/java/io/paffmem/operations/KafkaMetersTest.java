package io.paffmem.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  KafkaMetersTest() {
    registry.config().meterFilter(new KafkaMeters());
  }

  @Test
  void lag_ofAllPartitionsTogetherFirst_isGivenOutByPartition() {
    String lag = "kafka.consumer.fetch.manager.records.lag.max";
    registry.gauge(lag, Tags.of("client.id", "idle"), 0);
    registry.gauge(lag, Tags.of("client.id", "busy", "topic", "frames", "partition", "3"), 17);

    assertThat(registry.scrape().lines().filter(line -> line.startsWith("kafka_")))
        .containsExactly(
            "kafka_consumer_fetch_manager_records_lag_max{client_id=\"busy\",partition=\"3\",topic=\"frames\"} 17.0");
  }

  @Test
  void others_ofKafka_stayInside() {
    registry.counter("kafka.consumer.io.wait.total").increment();
    registry.counter("paffmem.frames").increment();

    assertThat(registry.scrape()).doesNotContain("kafka_").contains("paffmem_frames_total 1.0");
  }
}
