package io.paffmem.topology;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.streams.StreamsMetrics;

/**
 * One task's counters, as sensors of Kafka Streams: {@code <name>-total} and {@code <name>-rate}.
 */
final class Counters implements AutoCloseable {
  /** Scope of the metrics; Kafka Streams makes the group {@code stream-affect-metrics} of it. */
  static final String SCOPE = "affect";

  private final StreamsMetrics metrics;
  private final Map<Counter, Sensor> sensors = new EnumMap<>(Counter.class);

  Counters(StreamsMetrics metrics, String task) {
    this.metrics = metrics;
    for (Counter counter : Counter.values()) {
      sensors.put(
          counter, metrics.addRateTotalSensor(SCOPE, task, counter.metric, RecordingLevel.INFO));
    }
  }

  void count(Counter counter) {
    count(counter, 1);
  }

  void count(Counter counter, long many) {
    Sensor sensor = sensors.get(counter);
    if (sensor != null) {
      // The total of such a sensor is how often it was recorded, not the sum of what was.
      for (long i = 0; i < many; i++) {
        sensor.record();
      }
    }
  }

  /** Which counter's total a metric is, if it is one. */
  static Optional<Counter> counterOf(MetricName metric) {
    if (metric.group().equals("stream-" + SCOPE + "-metrics")) {
      for (Counter counter : Counter.values()) {
        if (metric.name().equals(counter.metric + "-total")) {
          return Optional.of(counter);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    sensors.values().forEach(metrics::removeSensor);
    sensors.clear();
  }
}
