package io.paffmem.stage;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The share of the cores that work may have which can wait. Its threads have Java's lowest
 * priority, which a JVM passes on to Linux only where it is told to ({@code
 * -XX:ThreadPriorityPolicy=1}, as the launcher does); the bound on the number of threads holds
 * anywhere. Thread-safe.
 */
final class BackgroundCores implements AutoCloseable {
  private final ForkJoinPool pool;

  /**
   * Threads that start when they are needed.
   *
   * @param threads at least 1
   */
  @SuppressWarnings("ThreadPriorityCheck") // a wish, on which nothing but latency rests
  BackgroundCores(String name, int threads) {
    pool =
        new ForkJoinPool(
            threads,
            forPool -> {
              ForkJoinWorkerThread thread =
                  ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(forPool);
              thread.setName(name + "-" + thread.getPoolIndex());
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            },
            null,
            false);
  }

  /** Half of the cores, at least one. */
  static int half() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /** Computes on these threads; parallel streams of the work stay on them too. */
  <T> T compute(Callable<T> work) {
    return pool.invoke(ForkJoinTask.adapt(work));
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
