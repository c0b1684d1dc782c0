package io.paffmem.memory;

/**
 * What a memory says about one face. Reused from face to face, so that recognising allocates
 * nothing; it holds the last answer that was written into it.
 */
public final class Recognition {
  int bestMatchingUnit = -1;
  float activity;
  float arousal;
  float valence;

  /** The answer before the person's bias is taken off: what the course is made of. */
  float readArousal;

  float readValence;
  long millis;

  /** Id of the best-matching unit. */
  public int bestMatchingUnit() {
    return bestMatchingUnit;
  }

  /** Activity of the best-matching unit, [0, 1]; 1 where the face lies on its prototype. */
  public float activity() {
    return activity;
  }

  /** Arousal, [-1, 1]. */
  public float arousal() {
    return arousal;
  }

  /** Valence, [-1, 1]. */
  public float valence() {
    return valence;
  }
}
