package io.paffmem.dashboard.live;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may wait for all readers together. What waits for several counts once, as it is
 * there once. Thread-safe.
 */
public final class QueueBudget {
  private final long mostBytes;
  private final AtomicLong bytes = new AtomicLong();

  public QueueBudget(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Whether they may wait for one more reader; nearly exact, where several ask at once. Where
   * nothing else waits, anything may, whatever its size.
   */
  public boolean hasRoomFor(SharedBytes more) {
    long waiting = bytes.get();
    return waiting == 0 || more.waits().get() > 0 || waiting + more.bytes().length <= mostBytes;
  }

  /** They wait for one more reader. */
  public void take(SharedBytes more) {
    if (more.waits().getAndIncrement() == 0) {
      bytes.addAndGet(more.bytes().length);
    }
  }

  /** They wait for one reader less. */
  public void giveBack(SharedBytes less) {
    if (less.waits().decrementAndGet() == 0) {
      bytes.addAndGet(-less.bytes().length);
    }
  }
}
