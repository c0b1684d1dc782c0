package io.paffmem.dashboard.http;

import io.paffmem.access.Grant;
import io.paffmem.dashboard.live.QueueBudget;
import io.paffmem.dashboard.live.SharedBytes;
import io.paffmem.dashboard.live.WriteProgress;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One who reads the list of people. Of updates that come while it is being written to, it gets the
 * sum, so it needs no queue; what is being written counts as waiting for it.
 */
final class PeopleReader implements WriteProgress {
  private final EventStream stream;
  private final Grant grant;
  private final QueueBudget budget;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private boolean writing = true;
  private boolean gone;
  private long begunNanos;
  private long sinceNanos;
  private @Nullable SharedBytes held;

  /** Used by the updates' thread alone. */
  private long seen = -1;

  PeopleReader(EventStream stream, Grant grant, QueueBudget budget, LongSupplier nanoTime) {
    this.stream = stream;
    this.grant = grant;
    this.budget = budget;
    this.nanoTime = nanoTime;
    this.begunNanos = nanoTime.getAsLong();
    this.sinceNanos = begunNanos;
  }

  Grant grant() {
    return grant;
  }

  EventStream stream() {
    return stream;
  }

  /** The update that it saw last; -1 before the first. */
  long seen() {
    return seen;
  }

  @Override
  public synchronized void moved() {
    sinceNanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized void written() {
    writing = false;
    sinceNanos = nanoTime.getAsLong();
    letGo();
  }

  /** The other side is gone. */
  synchronized void gone() {
    gone = true;
    letGo();
  }

  private void letGo() {
    if (held != null) {
      budget.giveBack(held);
      held = null;
    }
  }

  synchronized boolean isWriting() {
    return writing;
  }

  /** For how long nothing was written, or nothing of the write under way was taken. */
  synchronized long nanos() {
    return nanoTime.getAsLong() - sinceNanos;
  }

  /** For how long the write is under way; 0 if none is. */
  synchronized long writingNanos() {
    return writing ? nanoTime.getAsLong() - begunNanos : 0;
  }

  /**
   * Writes an update.
   *
   * @param change that it has seen then
   */
  void write(SharedBytes update, long change) {
    seen = change;
    synchronized (this) {
      if (gone) {
        return;
      }
      writing = true;
      begunNanos = nanoTime.getAsLong();
      sinceNanos = begunNanos;
      budget.take(update);
      held = update;
    }
    stream.write(update.bytes(), this);
  }

  /** There was nothing to tell. */
  void see(long change) {
    seen = change;
  }
}
