package io.paffmem.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Measures what a memory costs, by its neurons: batches of steps on one thread, each timed. Medians
 * over batches, so that a batch in which another program took the core does not count.
 */
public final class MemoryRates {
  private static final int LEAST_BATCHES = 5;
  private static final int BATCH = 64;
  private static final long SEED = 1;

  /**
   * What one step costs: recognising a face, learning a face, or seeding a frame.
   *
   * @param microseconds median
   * @param bytesPerStep of heap that it allocates, median
   * @param meanBytesPerStep the same, mean: lists of edges grow now and then
   */
  public record Cost(
      int neurons, double microseconds, double bytesPerStep, double meanBytesPerStep) {}

  /** The memory that was measured; mean number of edges of a neuron. */
  public record Measured(int neurons, double meanDegree) {}

  /** All figures of a run. */
  public record Report(
      List<Measured> memories, List<Cost> recognise, List<Cost> learn, List<Cost> seed) {}

  private final List<Integer> sizes;
  private final double secondsEach;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Measures nothing yet.
   *
   * @param sizes of memories, in neurons, each at least 10
   * @param seconds that the measuring takes, about, without growing the memories
   */
  public MemoryRates(List<Integer> sizes, double seconds) {
    this.sizes = List.copyOf(sizes);
    this.secondsEach = seconds / (3 * sizes.size());
  }

  /** Measures. */
  public Report measure() {
    List<Measured> memories = new ArrayList<>();
    List<Cost> recognise = new ArrayList<>();
    List<Cost> learn = new ArrayList<>();
    List<Cost> seed = new ArrayList<>();
    for (int neurons : sizes) {
      MadeMemory memory = new MadeMemory(neurons, SEED);
      memory.settle();
      memories.add(new Measured(memory.neurons(), memory.meanDegree()));
      recognise.add(cost(neurons, BATCH, memory::recognize));
      learn.add(cost(neurons, BATCH, memory::learn));
      seed.add(cost(neurons, 1, step -> memory.seed()));
    }
    return new Report(memories, recognise, learn, seed);
  }

  /** Half of the time warms up. */
  private Cost cost(int neurons, int batch, IntConsumer step) {
    long begin = System.nanoTime();
    List<Double> micros = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    double total = 0;
    int next = 0;
    boolean warm = false;
    while (micros.size() < LEAST_BATCHES || (System.nanoTime() - begin) / 1e9 < secondsEach) {
      if (!warm && (System.nanoTime() - begin) / 1e9 >= secondsEach / 2) {
        micros.clear();
        bytes.clear();
        total = 0;
        warm = true;
      }
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long before = System.nanoTime();
      for (int i = 0; i < batch; i++) {
        step.accept(next++);
      }
      long after = System.nanoTime();
      long allocated = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
      micros.add((after - before) / 1e3 / batch);
      bytes.add(allocated / (double) batch);
      total += allocated;
    }
    return new Cost(
        neurons,
        EncoderRates.median(micros),
        EncoderRates.median(bytes),
        total / (batch * (double) bytes.size()));
  }
}
