package io.paffmem.training.faces;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * Batches, drawn ahead by threads of its own and handed out in the order of the steps. What a batch
 * holds depends on its step alone, so neither the number of threads nor a resumption changes it.
 *
 * @param <B> a batch
 */
public final class BatchQueue<B> implements AutoCloseable {
  private static final int AHEAD_OF_EACH_THREAD = 2;

  private final LongFunction<B> draw;
  private final ExecutorService threads;
  private final Deque<Future<B>> ahead = new ArrayDeque<>();
  private long nextStep;

  /**
   * A queue that begins to draw at once.
   *
   * @param draw the batch of a step; called by several threads
   * @param firstStep whose batch comes first
   */
  public BatchQueue(LongFunction<B> draw, long firstStep, int threadCount) {
    this.draw = draw;
    this.nextStep = firstStep;
    this.threads = Executors.newFixedThreadPool(threadCount, BatchQueue::daemon);
    for (int i = 0; i < AHEAD_OF_EACH_THREAD * threadCount; i++) {
      drawNext();
    }
  }

  /** Threads that keep ahead of the device and leave cores to it. */
  public static int threadsFor(int cores) {
    return Math.max(1, Math.min(8, cores / 2));
  }

  /** The randomness of one step: another for each step and seed. */
  public static RandomGenerator random(long seed, long step) {
    return new SplittableRandom(mix(mix(seed) + step));
  }

  /** The batch of the next step; waits if it is not drawn yet. */
  public B next() throws InterruptedException {
    try {
      B batch = ahead.remove().get();
      drawNext();
      return batch;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the batch of a step cannot be drawn", e.getCause());
    }
  }

  private void drawNext() {
    long step = nextStep++;
    ahead.add(threads.submit(() -> draw.apply(step)));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static Thread daemon(Runnable drawing) {
    Thread thread = new Thread(drawing, "training-batches");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
