package io.paffmem.memory;

/**
 * What somebody said that a person's face showed.
 *
 * @param id by which it can be taken back, 1 to {@value #LONGEST_ID} characters
 * @param neutral whether it was said that the face was at rest; then both labels are 0
 * @param arousal what it showed, [-1, 1]
 * @param valence likewise
 * @param z of the face, or the mean over the faces of a stretch of time
 * @param readArousal what was read there before anything was taken off, or the mean likewise
 * @param readValence likewise
 * @param faces over how many faces the mean is, 1 or more
 * @param seenAtMillis when the first of them was seen
 */
public record TaughtMoment(
    String id,
    boolean neutral,
    float arousal,
    float valence,
    float[] z,
    float readArousal,
    float readValence,
    int faces,
    long seenAtMillis) {
  /** Characters of an id. */
  public static final int LONGEST_ID = 64;

  /** A correction may lead a little out of [-1, 1]. */
  private static final float FARTHEST_READING = 3;

  /**
   * Checks every part; written so that NaN fails.
   *
   * @throws IllegalArgumentException saying what cannot be
   */
  public TaughtMoment {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "an id of %d characters (1 to %d allowed)".formatted(id.length(), LONGEST_ID));
    }
    if (!(Math.abs(arousal) <= 1)
        || !(Math.abs(valence) <= 1)
        || (neutral && (arousal != 0 || valence != 0))) {
      throw new IllegalArgumentException(
          "a label of %s, %s%s".formatted(arousal, valence, neutral ? " that is neutral" : ""));
    }
    if (!(Math.abs(readArousal) <= FARTHEST_READING)
        || !(Math.abs(readValence) <= FARTHEST_READING)
        || faces < 1) {
      throw new IllegalArgumentException(
          "a reading of %s, %s of %d faces".formatted(readArousal, readValence, faces));
    }
    for (float number : z) {
      if (!(Math.abs(number) <= 1)) {
        throw new IllegalArgumentException("a z that holds " + number);
      }
    }
  }
}
