package io.paffmem.memory;

import java.nio.ByteBuffer;

/**
 * The last answer on one stream: what the next one is joined with. Two cameras on one person each
 * have their own. Mutable.
 */
public final class Course {
  /** Bytes of {@link #writeTo}. */
  public static final int BYTES = 1 + Long.BYTES + Float.BYTES * 2;

  /** What faces seen at the same time are apart: a frame of a camera. */
  private static final double FRAME_MILLIS = 40;

  boolean begun;
  float lastArousal;
  float lastValence;
  long lastMillis;

  /** Whether there was an answer. */
  public boolean isBegun() {
    return begun;
  }

  /** Takes one answer in. */
  void add(float arousal, float valence, long millis) {
    begun = true;
    lastArousal = arousal;
    lastValence = valence;
    lastMillis = millis;
  }

  /** Time from the last answer, in either direction, above 0. */
  double apart(long millis) {
    double apart = Math.abs((double) millis - lastMillis);
    return apart == 0 ? FRAME_MILLIS : apart;
  }

  /** The stream begins again. */
  public void clear() {
    begun = false;
    lastArousal = 0;
    lastValence = 0;
    lastMillis = 0;
  }

  /** Writes {@link #BYTES} bytes. */
  public void writeTo(ByteBuffer bytes) {
    bytes.put((byte) (begun ? 1 : 0)).putLong(lastMillis);
    bytes.putFloat(lastArousal).putFloat(lastValence);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException if no answer has such numbers
   */
  public static Course readFrom(ByteBuffer bytes) {
    Course course = new Course();
    course.begun = bytes.get() != 0;
    course.lastMillis = bytes.getLong();
    course.lastArousal = bytes.getFloat();
    course.lastValence = bytes.getFloat();
    // Written so that NaN fails; a correction may lead a little out of [-1, 1].
    if (!(Math.abs(course.lastArousal) <= 3) || !(Math.abs(course.lastValence) <= 3)) {
      throw new IllegalArgumentException("a course of answers that cannot be");
    }
    return course;
  }
}
