package io.paffmem.memory;

import java.nio.ByteBuffer;

/**
 * The course of one person's answers so far: how many there were, their mean and variance on each
 * axis, and the last one. It is what the memory knows of a person beside neurons. Mutable; part of
 * a {@link MemoryState} and of its digest.
 */
public final class Course {
  /** Bytes of {@link #writeTo}. */
  public static final int BYTES = Long.BYTES * 2 + Double.BYTES * 4 + Float.BYTES * 2;

  /**
   * Answers that mean and variance reach back: about an hour at 25 frames a second. What a person
   * usually is may change over the years.
   */
  private static final long HORIZON = 90_000;

  long answers;
  double meanArousal;
  double meanValence;
  double varianceArousal;
  double varianceValence;
  float lastArousal;
  float lastValence;
  long lastMillis;

  /** Answers that were learnt from. */
  public long answers() {
    return answers;
  }

  /** Takes one answer in: mean and variance are those of all answers, up to the horizon. */
  void add(float arousal, float valence, long millis) {
    answers++;
    double share = 1.0 / Math.min(answers, HORIZON);
    double beyondArousal = arousal - meanArousal;
    double beyondValence = valence - meanValence;
    meanArousal += share * beyondArousal;
    meanValence += share * beyondValence;
    varianceArousal += share * (beyondArousal * (arousal - meanArousal) - varianceArousal);
    varianceValence += share * (beyondValence * (valence - meanValence) - varianceValence);
    lastArousal = arousal;
    lastValence = valence;
    lastMillis = millis;
  }

  Course copy() {
    Course copy = new Course();
    copy.answers = answers;
    copy.meanArousal = meanArousal;
    copy.meanValence = meanValence;
    copy.varianceArousal = varianceArousal;
    copy.varianceValence = varianceValence;
    copy.lastArousal = lastArousal;
    copy.lastValence = lastValence;
    copy.lastMillis = lastMillis;
    return copy;
  }

  /** Writes {@link #BYTES} bytes. */
  public void writeTo(ByteBuffer bytes) {
    bytes.putLong(answers).putLong(lastMillis);
    bytes.putDouble(meanArousal).putDouble(meanValence);
    bytes.putDouble(varianceArousal).putDouble(varianceValence);
    bytes.putFloat(lastArousal).putFloat(lastValence);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException if no course has such numbers
   */
  public static Course readFrom(ByteBuffer bytes) {
    Course course = new Course();
    course.answers = bytes.getLong();
    course.lastMillis = bytes.getLong();
    course.meanArousal = bytes.getDouble();
    course.meanValence = bytes.getDouble();
    course.varianceArousal = bytes.getDouble();
    course.varianceValence = bytes.getDouble();
    course.lastArousal = bytes.getFloat();
    course.lastValence = bytes.getFloat();
    boolean possible =
        course.answers >= 0
            && isPossible(course.meanArousal, course.varianceArousal, course.lastArousal)
            && isPossible(course.meanValence, course.varianceValence, course.lastValence);
    if (!possible) {
      throw new IllegalArgumentException("a course of answers that cannot be");
    }
    return course;
  }

  /** Written so that NaN fails; a correction may lead a little out of [-1, 1]. */
  private static boolean isPossible(double mean, double variance, double last) {
    return Math.abs(mean) <= 3 && variance >= 0 && variance <= 9 && Math.abs(last) <= 3;
  }
}
