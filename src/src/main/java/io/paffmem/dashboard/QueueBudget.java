package io.paffmem.dashboard;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may wait for all readers together. A chunk that waits for several counts once, as
 * it is there once. Thread-safe.
 */
final class QueueBudget {
  private final long mostBytes;
  private final AtomicLong bytes = new AtomicLong();

  QueueBudget(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Whether it may wait for one more reader; nearly exact, where several ask at once. */
  boolean hasRoomFor(Chunk chunk) {
    return chunk.waits().get() > 0 || bytes.get() + chunk.bytes().length <= mostBytes;
  }

  /** It waits for one more reader. */
  void take(Chunk chunk) {
    if (chunk.waits().getAndIncrement() == 0) {
      bytes.addAndGet(chunk.bytes().length);
    }
  }

  /** It waits for one reader less. */
  void giveBack(Chunk chunk) {
    if (chunk.waits().decrementAndGet() == 0) {
      bytes.addAndGet(-chunk.bytes().length);
    }
  }
}
