package io.paffmem.ingest.synthetic;

/**
 * A point of the affect square: the state that a face expresses, and the label of its picture.
 *
 * @param arousal calm to excited, in [-1, 1]
 * @param valence unpleasant to pleasant, in [-1, 1]
 */
public record ShownAffect(float arousal, float valence) {
  public static final ShownAffect NEUTRAL = new ShownAffect(0, 0);

  /** Refuses values outside [-1, 1], and NaN. */
  public ShownAffect {
    if (!(Math.abs(arousal) <= 1) || !(Math.abs(valence) <= 1)) {
      throw new IllegalArgumentException(
          "arousal and valence lie in [-1, 1], got " + arousal + " and " + valence);
    }
  }
}
