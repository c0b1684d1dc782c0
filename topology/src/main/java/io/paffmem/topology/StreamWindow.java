package io.paffmem.topology;

import java.util.Arrays;

/**
 * Which of one stream's last sequences were seen: the highest, and a bitmap of the {@value #SIZE}
 * up to it. A high-water mark alone would take a frame that was overtaken for a duplicate.
 */
final class StreamWindow {
  static final int SIZE = 1024;
  static final int WORDS = SIZE / Long.SIZE;

  /** What a sequence is to the window. */
  enum Verdict {
    FRESH,
    DUPLICATE,
    /** So old that the window no longer knows. */
    TOO_LATE
  }

  long highest;
  long lastSeenMillis;

  /** Bit {@code sequence mod SIZE}. */
  final long[] seen;

  private StreamWindow(long highest, long lastSeenMillis, long[] seen) {
    this.highest = highest;
    this.lastSeenMillis = lastSeenMillis;
    this.seen = seen;
  }

  /** A window that begins with its first sequence; what came before may still come. */
  static StreamWindow beginningAt(long sequence) {
    return new StreamWindow(sequence, Long.MIN_VALUE, new long[WORDS]);
  }

  static StreamWindow restored(long highest, long lastSeenMillis, long[] seen) {
    return new StreamWindow(highest, lastSeenMillis, seen);
  }

  Verdict look(long sequence) {
    if (sequence > highest) {
      return Verdict.FRESH;
    }
    long behind = highest - sequence;
    if (behind < 0 || behind >= SIZE) { // negative: beyond a long
      return Verdict.TOO_LATE;
    }
    return isSet(sequence) ? Verdict.DUPLICATE : Verdict.FRESH;
  }

  /** Notes a fresh sequence. */
  void note(long sequence, long timestampMillis) {
    if (sequence > highest) {
      long ahead = sequence - highest;
      if (ahead < 0 || ahead >= SIZE) {
        Arrays.fill(seen, 0);
      } else {
        for (long s = highest + 1; s < sequence; s++) {
          seen[word(s)] &= ~bit(s);
        }
      }
      highest = sequence;
    }
    seen[word(sequence)] |= bit(sequence);
    lastSeenMillis = Math.max(lastSeenMillis, timestampMillis);
  }

  /** Whether no frame came since a time of ingest. */
  boolean isSilentSince(long millis) {
    return lastSeenMillis < millis;
  }

  private boolean isSet(long sequence) {
    return (seen[word(sequence)] & bit(sequence)) != 0;
  }

  private static int word(long sequence) {
    return Math.floorMod(sequence, SIZE) / Long.SIZE;
  }

  private static long bit(long sequence) {
    return 1L << Math.floorMod(sequence, Long.SIZE);
  }
}
