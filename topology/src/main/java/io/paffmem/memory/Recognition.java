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

  /** How many teachings the answer rests on, and what they add to it. */
  int teachings;

  double taughtArousal;
  double taughtValence;

  /** Part of the person's bias, as the readings show it, that teachings leave. */
  double untold = 1;

  /** Negative where it was not asked for. */
  float fidelityArousal = -1;

  float fidelityValence = -1;

  /** Id of the best-matching unit. */
  public int bestMatchingUnit() {
    return bestMatchingUnit;
  }

  /** Activity of the best-matching unit, [0, 1]; 1 where the face lies on its prototype. */
  public float activity() {
    return activity;
  }

  /** What was read before the person's bias was taken off and teachings spoke. */
  public float readArousal() {
    return readArousal;
  }

  /** The same of valence. */
  public float readValence() {
    return readValence;
  }

  /** How many teachings the answer rests on. */
  public int teachings() {
    return teachings;
  }

  /** Whether the answer is by the neurons' corrections, so that their fidelity counts. */
  public boolean hasFidelity() {
    return fidelityArousal >= 0;
  }

  /** How truly the PK reads this person's imagined faces in arousal, [0, 1]. */
  public float fidelityArousal() {
    return fidelityArousal;
  }

  /** The same in valence. */
  public float fidelityValence() {
    return fidelityValence;
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
