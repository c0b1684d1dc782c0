package io.paffmem.pipeline;

import java.util.Arrays;
import java.util.BitSet;

/** One person's published faces and what became of each; sequences count from 0. */
final class StreamBook {
  private final BitSet published = new BitSet();
  private final BitSet answered = new BitSet();
  private long[] publishedAtNanos = new long[16];
  private long seededAtNanos = Long.MAX_VALUE;

  /** Enters a face before it is sent. */
  void publish(int sequence, long nowNanos) {
    if (sequence >= publishedAtNanos.length) {
      publishedAtNanos = Arrays.copyOf(publishedAtNanos, Math.max(sequence + 1, 2 * sequence));
    }
    publishedAtNanos[sequence] = nowNanos;
    published.set(sequence);
  }

  /** Whether this face was published here. */
  boolean knows(long sequence) {
    return sequence >= 0 && sequence < Integer.MAX_VALUE && published.get((int) sequence);
  }

  /** Enters an event; false if its face had one already. */
  boolean answer(int sequence) {
    if (answered.get(sequence)) {
      return false;
    }
    answered.set(sequence);
    return true;
  }

  /** From now on, what is published finds its memory seeded. */
  void seeded(long nowNanos) {
    seededAtNanos = Math.min(seededAtNanos, nowNanos);
  }

  boolean publishedAfterSeeding(int sequence) {
    return publishedAtNanos[sequence] > seededAtNanos;
  }

  long latencyNanos(int sequence, long nowNanos) {
    return nowNanos - publishedAtNanos[sequence];
  }

  int answers() {
    return answered.cardinality();
  }

  int faces() {
    return published.cardinality();
  }
}
