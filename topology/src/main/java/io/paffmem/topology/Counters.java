package io.paffmem.topology;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Percentile;
import org.apache.kafka.common.metrics.stats.Percentiles;
import org.apache.kafka.common.metrics.stats.Percentiles.BucketSizing;
import org.apache.kafka.streams.StreamsMetrics;

/**
 * One task's counters, as sensors of Kafka Streams: {@code <name>-total} and {@code <name>-rate};
 * and how long it took lately to read a person's rows: {@code load-micros-avg}, {@code -p99} and
 * {@code -max}.
 */
final class Counters implements AutoCloseable {
  /** Scope of the metrics; Kafka Streams makes the group {@code stream-affect-metrics} of it. */
  static final String SCOPE = "affect";

  private static final String GROUP = "stream-" + SCOPE + "-metrics";
  private static final String LOADS = "load-micros";

  /** A histogram of 1,000 buckets, the first 2 microseconds wide. */
  private static final int PERCENTILE_BYTES = 4_000;

  private static final double LONGEST_LOAD_MICROS = 1e6;

  private final StreamsMetrics metrics;
  private final Map<Counter, Sensor> sensors = new EnumMap<>(Counter.class);
  private final Sensor loads;

  Counters(StreamsMetrics metrics, String task) {
    this.metrics = metrics;
    for (Counter counter : Counter.values()) {
      sensors.put(
          counter, metrics.addRateTotalSensor(SCOPE, task, counter.metric, RecordingLevel.INFO));
    }
    loads = metrics.addSensor(LOADS + "-" + task, RecordingLevel.INFO);
    loads.add(name("avg", task), new Avg());
    loads.add(name("max", task), new Max());
    loads.add(
        new Percentiles(
            PERCENTILE_BYTES,
            LONGEST_LOAD_MICROS,
            BucketSizing.LINEAR,
            new Percentile(name("p99", task), 99)));
  }

  private static MetricName name(String statistic, String task) {
    return new MetricName(
        LOADS + "-" + statistic,
        GROUP,
        "microseconds to read and decode a person's rows, over the last minute",
        Map.of(SCOPE + "-id", task));
  }

  /** Takes note of a person whose rows were read. */
  void loaded(long nanos) {
    loads.record(nanos / 1e3);
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
    if (metric.group().equals(GROUP)) {
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
    metrics.removeSensor(loads);
  }
}
