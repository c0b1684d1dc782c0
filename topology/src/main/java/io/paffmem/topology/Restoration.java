package io.paffmem.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far the stores of active tasks, which answer nobody before, are read back from Kafka. */
final class Restoration implements StateRestoreListener {
  private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();
  private final io.micrometer.core.instrument.Counter restored;

  Restoration(MeterRegistry registry) {
    Gauge.builder("paffmem.topology.restoring.partitions", remaining, Map::size)
        .description("partitions whose memories are being read back from Kafka")
        .register(registry);
    Gauge.builder("paffmem.topology.restoring.rows", this::remainingRows)
        .description("rows that they have yet to read")
        .register(registry);
    restored =
        io.micrometer.core.instrument.Counter.builder("paffmem.topology.restored.rows")
            .description("rows read back from Kafka")
            .register(registry);
  }

  @Override
  public void onRestoreStart(
      TopicPartition partition, String store, long startOffset, long endOffset) {
    remaining.put(partition, Math.max(0, endOffset - startOffset));
  }

  @Override
  public void onBatchRestored(
      TopicPartition partition, String store, long batchEndOffset, long numRestored) {
    restored.increment((double) numRestored);
    remaining.computeIfPresent(partition, (any, rows) -> Math.max(0, rows - numRestored));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
    remaining.remove(partition);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long totalRestored) {
    remaining.remove(partition);
  }

  private long remainingRows() {
    return remaining.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Why there are tasks that answer nobody yet; empty if there are none. */
  Optional<String> problem() {
    int partitions = remaining.size();
    return partitions == 0
        ? Optional.empty()
        : Optional.of(
            "the memories of %d partitions are being read back from Kafka, %d rows to go"
                .formatted(partitions, remainingRows()));
  }
}
