package io.paffmem.topology;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.streams.StreamsMetrics;

/** Sensors that nobody looks at. */
final class NoMetrics implements StreamsMetrics {
  private final Metrics metrics = new Metrics();

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return Map.of();
  }

  @Override
  public Sensor addLatencyRateTotalSensor(
      String scope, String entity, String operation, RecordingLevel level, String... tags) {
    return metrics.sensor(operation);
  }

  @Override
  public Sensor addRateTotalSensor(
      String scope, String entity, String operation, RecordingLevel level, String... tags) {
    return metrics.sensor(operation);
  }

  @Override
  public Sensor addSensor(String name, RecordingLevel level) {
    return metrics.sensor(name);
  }

  @Override
  public Sensor addSensor(String name, RecordingLevel level, Sensor... parents) {
    return metrics.sensor(name);
  }

  @Override
  public void removeSensor(Sensor sensor) {
    metrics.removeSensor(sensor.name());
  }
}
