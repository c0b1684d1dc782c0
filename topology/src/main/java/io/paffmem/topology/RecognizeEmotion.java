package io.paffmem.topology;

import static java.util.Objects.requireNonNull;

import io.paffmem.schemas.AvroSerdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The processor: checks a record, finds its person, lets {@link PersonFlow} act, and writes what
 * changed before it returns. Input is checked before anything is changed; an exception beyond that
 * evicts the person, so that nobody sees half a change, and stops the task.
 */
final class RecognizeEmotion implements Processor<byte[], byte[], byte[], byte[]> {
  private final TopologyConfig config;
  private final AvroSerdes serdes;
  private final MemoryQueries queries;
  private final CacheBudget cacheBudget;
  private final Counters counters;
  private @Nullable EmotionTask task;

  RecognizeEmotion(
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
