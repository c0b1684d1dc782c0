package io.paffmem.dashboard.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far somebody who is written to has fallen behind the least pace. Only the time of writing
 * counts, and who was fast once may not rest on it. Thread-safe.
 */
final class LeastPace {
  /** Less than any line that a person would wait at. */
  static final int LEAST_BYTES_PER_SECOND = 32 * 1024;

  private final LongSupplier nanoTime;

  // Guarded by this.
  private long behindNanos;
  private boolean writing;
  private long sinceNanos;

  LeastPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A write begins. */
  synchronized void begin() {
    writing = true;
    sinceNanos = nanoTime.getAsLong();
  }

  /** The write is over, and so much was taken. */
  synchronized void end(int bytes) {
    long due = TimeUnit.SECONDS.toNanos(bytes) / LEAST_BYTES_PER_SECOND;
    behindNanos = Math.max(0, behindNanos() - due);
    writing = false;
  }

  /** How much longer the writes took than the least pace allows. */
  synchronized long behindNanos() {
    return behindNanos + (writing ? nanoTime.getAsLong() - sinceNanos : 0);
  }
}
