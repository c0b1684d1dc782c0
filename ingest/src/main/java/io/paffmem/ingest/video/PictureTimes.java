package io.paffmem.ingest.video;

import java.util.OptionalLong;

/**
 * When the pictures of a recording are shown, from its beginning, whatever its container says: a
 * container may begin at ten hours, stand still, jump back where two recordings were joined, or say
 * nothing. Times that make sense are passed on; the others are rebuilt from the frame rate.
 *
 * <p>Let {@code raw} be the container's time and {@code offset} what was added so far. The result
 * is {@code raw + offset}. If that does not come a millisecond after the last result, or jumps too
 * far ahead, it is the last result and a frame's duration; and unless {@code raw} just stands
 * still, {@code offset} becomes another one, so that the next times go on from there.
 */
final class PictureTimes {
  /** A recording whose pictures begin later than this after its sound has a wrong time. */
  private static final long LONGEST_START_MICROS = 10_000_000;

  /** No camera is faster, and times that leave here are read in milliseconds. */
  private static final long SHORTEST_GAP_MICROS = 1_000;

  private final long beginMicros;
  private final boolean beginIsKnown;
  private final long stepMicros;
  private final long longestGapMicros;
  private boolean begun;
  private long rawMicros;
  private long offsetMicros;
  private long lastMicros;

  /**
   * Times of a recording that has not begun.
   *
   * @param beginMicros where the container begins; empty if it does not say
   * @param stepMicros a frame's duration, above 0
   * @param longestGapMicros the longest time between two pictures that is taken to be meant
   */
  PictureTimes(OptionalLong beginMicros, long stepMicros, long longestGapMicros) {
    this.beginMicros = beginMicros.orElse(0);
    this.beginIsKnown = beginMicros.isPresent();
    this.stepMicros = stepMicros;
    this.longestGapMicros = longestGapMicros;
  }

  /**
   * The time of the next picture.
   *
   * @param raw as the container has it; empty if it does not
   * @return microseconds from the beginning of the recording, 0 or more, larger than the one before
   */
  long next(OptionalLong raw) {
    if (!begun) {
      begun = true;
      return begin(raw);
    }
    long next = lastMicros + stepMicros;
    if (raw.isPresent()) {
      long shown = raw.getAsLong() + offsetMicros;
      if (shown - lastMicros >= SHORTEST_GAP_MICROS && shown - lastMicros <= longestGapMicros) {
        next = shown;
      } else if (raw.getAsLong() != rawMicros) {
        offsetMicros = next - raw.getAsLong();
      }
      rawMicros = raw.getAsLong();
    }
    lastMicros = next;
    return next;
  }

  private long begin(OptionalLong raw) {
    rawMicros = raw.orElse(0);
    long late = beginIsKnown ? rawMicros - beginMicros : 0;
    lastMicros = late >= 0 && late <= LONGEST_START_MICROS ? late : 0;
    offsetMicros = lastMicros - rawMicros;
    return lastMicros;
  }
}
