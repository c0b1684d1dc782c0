package io.paffmem.topology.person;

import io.paffmem.memory.Course;
import io.paffmem.memory.guard.StreamLook;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one stream. Which of its last sequences were seen: the highest, and a bitmap of
 * the {@value #SIZE} up to it; a high-water mark alone would take a frame that was overtaken for a
 * duplicate. The last answer on it, how much its faces look like the person, and which face of it
 * was kept last.
 */
public final class StreamWindow {
  public static final int SIZE = 1024;
  public static final int WORDS = SIZE / Long.SIZE;

  /** What a sequence is to the window. */
  public enum Verdict {
    FRESH,
    DUPLICATE,
    /** So old that the window no longer knows. */
    TOO_LATE
  }

  private long highest;
  private long lastSeenMillis;
  private long lastCapturedMillis;

  /** Bit {@code sequence mod SIZE}. */
  private final long[] seen;

  private final Course course;
  private final StreamLook look;
  private @Nullable LastKept lastKept;

  /**
   * The frame of the highest sequence among those that are kept to be taught.
   *
   * @param isTeachable whether it can be
   */
  public record LastKept(long sequence, long seenAtMillis, boolean isTeachable) {}

  private StreamWindow(
      long highest,
      long lastSeenMillis,
      long lastCapturedMillis,
      long[] seen,
      Course course,
      StreamLook look,
      @Nullable LastKept lastKept) {
    this.highest = highest;
    this.lastSeenMillis = lastSeenMillis;
    this.lastCapturedMillis = lastCapturedMillis;
    this.seen = seen;
    this.course = course;
    this.look = look;
    this.lastKept = lastKept;
  }

  /** A window that begins with its first sequence; what came before may still come. */
  public static StreamWindow beginningAt(long sequence) {
    return new StreamWindow(
        sequence,
        Long.MIN_VALUE,
        Long.MIN_VALUE,
        new long[WORDS],
        new Course(),
        new StreamLook(),
        null);
  }

  /**
   * As it was kept.
   *
   * @param seen [WORDS], bit {@code sequence mod SIZE}; becomes the window's own
   * @param course likewise
   * @param look likewise
   * @param lastKept null if no frame of the stream is kept to be taught
   */
  public static StreamWindow restored(
      long highest,
      long lastSeenMillis,
      long lastCapturedMillis,
      long[] seen,
      Course course,
      StreamLook look,
      @Nullable LastKept lastKept) {
    return new StreamWindow(
        highest, lastSeenMillis, lastCapturedMillis, seen, course, look, lastKept);
  }

  /** The last answer on the stream. */
  public Course course() {
    return course;
  }

  /** How much the faces of the stream look like the person. */
  public StreamLook look() {
    return look;
  }

  /** The frame that was kept last to be taught; null if there is none. */
  public @Nullable LastKept lastKept() {
    return lastKept;
  }

  /**
   * Whether an answered frame is to be kept: what is said of a frame that is not is what the last
   * one kept before it says. A frame that was overtaken is kept in any case.
   */
  boolean isToBeKept(LastKept frame) {
    LastKept last = lastKept;
    return last == null
        || frame.sequence < last.sequence
        || Math.floorDiv(frame.seenAtMillis, Lesson.SLICE_MILLIS)
            != Math.floorDiv(last.seenAtMillis, Lesson.SLICE_MILLIS)
        || (last.isTeachable && !frame.isTeachable);
  }

  /** Notes a frame that is kept. */
  void noteKept(LastKept frame) {
    if (lastKept == null || frame.sequence > lastKept.sequence) {
      lastKept = frame;
    }
  }

  /** Nothing of the stream is kept any more; whether anything was. */
  boolean forgetKept() {
    boolean wasKept = lastKept != null;
    lastKept = null;
    return wasKept;
  }

  /** The highest sequence that was seen. */
  public long highest() {
    return highest;
  }

  /** The latest time of ingest of a frame. */
  public long lastSeenMillis() {
    return lastSeenMillis;
  }

  /** What the publisher said of the last frame that came. */
  public long lastCapturedMillis() {
    return lastCapturedMillis;
  }

  /**
   * Notes what the publisher says of a fresh frame. Whether it can be: a clock that stands still
   * cannot.
   */
  public boolean noteCaptured(long capturedAtMillis) {
    boolean moves = capturedAtMillis != lastCapturedMillis;
    lastCapturedMillis = capturedAtMillis;
    return moves;
  }

  /** 64 bits of which sequences were seen; bit {@code sequence mod SIZE} of all of them. */
  public long seenWord(int word) {
    return seen[word];
  }

  public Verdict look(long sequence) {
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
  public void note(long sequence, long timestampMillis) {
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
  public boolean isSilentSince(long millis) {
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
