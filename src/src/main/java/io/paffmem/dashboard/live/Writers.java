package io.paffmem.dashboard.live;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The threads that write to readers. None ever waits for a reader. */
public final class Writers implements Executor, AutoCloseable {
  private static final long LOOK_NANOS = 50_000;

  private final int size = Math.max(2, Runtime.getRuntime().availableProcessors());
  private final ThreadPoolExecutor threads;

  public Writers() {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "dashboard-writer-" + number.incrementAndGet()),
            // What a connection still reports when the dashboard has stopped.
            new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public void execute(Runnable write) {
    threads.execute(write);
  }

  /**
   * Waits until nearly all writes are made that can be: a burst of the topic, after an outage say,
   * must not fill the queues of readers who would read if only they were written to. Who does not
   * read is not waited for, as a write to them has been made, and is over when they take it.
   */
  void awaitRoom() {
    while (threads.getQueue().size() > size && !threads.isShutdown()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
