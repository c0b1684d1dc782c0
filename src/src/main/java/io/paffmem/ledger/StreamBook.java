package io.paffmem.ledger;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stream's published faces that wait for their event. A face is forgotten with its event, so a
 * camera may run for years; one that never gets an event is kept.
 *
 * <p>A number between the first and the last published that does not wait is taken as answered, so
 * a second event is told for ever. It would be told wrongly of a number that was left out, had
 * somebody else published it on the same stream.
 */
final class StreamBook {
  /** When each was published, by sequence. */
  private final Map<Long, Long> waiting = new HashMap<>();

  /** The same, of those that were forgotten with their person. */
  private final Map<Long, Long> forgotten = new HashMap<>();

  private long first = -1;
  private long last = -1;
  private long seededAtNanos = Long.MAX_VALUE;

  /**
   * Enters a face before it is sent.
   *
   * @throws IllegalArgumentException if the sequence, 0 or more, does not come after the one before
   */
  void publish(long sequence, long nowNanos) {
    if (sequence <= last) {
      throw new IllegalArgumentException(
          "sequence " + sequence + " does not come after " + last + " of the same stream");
    }
    first = first < 0 ? sequence : first;
    last = sequence;
    waiting.put(sequence, nowNanos);
  }

  /** Whether this face was published here. */
  boolean knows(long sequence) {
    return first >= 0 && sequence >= first && sequence <= last;
  }

  /** Enters an event and gives when its face was published; null if it had an event already. */
  @Nullable Long answer(long sequence) {
    Long waited = waiting.remove(sequence);
    return waited == null ? forgotten.remove(sequence) : waited;
  }

  /**
   * Enters that the person was forgotten: what waits has no event to come, unless one comes after
   * all, of a face that was answered before or taken in after it.
   */
  void forget() {
    forgotten.putAll(waiting);
    waiting.clear();
  }

  /** Faces that were forgotten with their person. */
  int forgotten() {
    return forgotten.size();
  }

  /** From now on, what is published finds its memory seeded. */
  void seeded(long nowNanos) {
    seededAtNanos = Math.min(seededAtNanos, nowNanos);
  }

  boolean isSeededBefore(long publishedAtNanos) {
    return publishedAtNanos > seededAtNanos;
  }

  /** Faces that wait for their event. */
  int waiting() {
    return waiting.size();
  }
}
