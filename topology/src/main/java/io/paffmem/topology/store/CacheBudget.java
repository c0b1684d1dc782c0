package io.paffmem.topology.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Heap for decoded persons of all tasks of a process, each task's share the same. So the bound
 * holds however many partitions come here when another instance goes. Thread-safe.
 */
public final class CacheBudget {
  private final long bytes;
  private final AtomicInteger tasks = new AtomicInteger();

  public CacheBudget(long bytes) {
    this.bytes = bytes;
  }

  void join() {
    tasks.incrementAndGet();
  }

  void leave() {
    tasks.decrementAndGet();
  }

  /** What one task may hold now. */
  long share() {
    return bytes / Math.max(1, tasks.get());
  }
}
