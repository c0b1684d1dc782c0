package io.paffmem.topology.task;

import static java.util.Objects.requireNonNull;

import io.paffmem.schemas.AvroSerdes;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.store.CacheBudget;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The processor, as Kafka Streams has it: one object for each task, which begins with {@link #init}
 * and ends with {@link #close}. What it does in between is {@link EmotionTask}'s.
 */
public final class RecognizeEmotion implements Processor<byte[], byte[], byte[], byte[]> {
  private final TopologyConfig config;
  private final AvroSerdes serdes;
  private final MemoryQueries queries;
  private final CacheBudget cacheBudget;
  private final Counters counters;
  private @Nullable EmotionTask task;

  public RecognizeEmotion(
      TopologyConfig config,
      AvroSerdes serdes,
      MemoryQueries queries,
      CacheBudget cacheBudget,
      Counters counters) {
    this.config = config;
    this.serdes = serdes;
    this.queries = queries;
    this.cacheBudget = cacheBudget;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    task = new EmotionTask(context, config, serdes, queries, cacheBudget, counters);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    requireNonNull(task, "a record before init").process(record);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }
}
