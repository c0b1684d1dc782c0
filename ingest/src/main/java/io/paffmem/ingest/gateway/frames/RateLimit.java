package io.paffmem.ingest.gateway.frames;

import java.util.function.LongSupplier;

/**
 * A bucket that fills a tenth faster than the rate agreed, because two clocks never agree, and
 * holds a second's worth, at least two: cameras and networks are uneven, and what was late comes at
 * once. Thread-safe.
 */
final class RateLimit {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double SMALLEST_BURST = 2;
  private static final double LENIENCE = 1.1;

  private final LongSupplier nanoTime;
  private double perSecond;
  private double left;
  private long asOfNanos;

  RateLimit(double perSecond, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.perSecond = perSecond;
    this.left = burst();
    this.asOfNanos = nanoTime.getAsLong();
  }

  /** From now on; what was saved up stays, as far as the new rate allows. */
  synchronized void setPerSecond(double perSecond) {
    fill();
    this.perSecond = perSecond;
    left = Math.min(left, burst());
  }

  /** Whether one more is within the rate, and if so counts it. */
  synchronized boolean tryTake() {
    fill();
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    left = Math.min(burst(), left + (now - asOfNanos) / NANOS_PER_SECOND * LENIENCE * perSecond);
    asOfNanos = now;
  }

  private double burst() {
    return Math.max(SMALLEST_BURST, perSecond);
  }
}
