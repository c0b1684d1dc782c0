package io.paffmem.training;

import org.jspecify.annotations.Nullable;

/**
 * One training face.
 *
 * @param grey side x side luminance values, 0 to 255
 * @param side pixels, at least 2
 * @param arousal -1 to 1
 * @param valence -1 to 1
 * @param person who it is; a person is either trained on or validated on
 * @param edited the same face with another expression and nothing else changed, where that is known
 *     (synthetic people); null for photographs
 */
public record LabelledFace(
    byte[] grey,
    int side,
    float arousal,
    float valence,
    String person,
    @Nullable LabelledFace edited) {

  public LabelledFace {
    if (side < 2) {
      throw new IllegalArgumentException("the side of a face is " + side + ", must be at least 2");
    }
    if (grey.length != side * side) {
      throw new IllegalArgumentException(
          "a face of side " + side + " has " + side * side + " pixels, not " + grey.length);
    }
    if (!(Math.abs(arousal) <= 1 && Math.abs(valence) <= 1)) {
      throw new IllegalArgumentException(
          "label (" + arousal + ", " + valence + ") is outside [-1, 1]");
    }
    if (edited != null && edited.side() != side) {
      throw new IllegalArgumentException(
          "a face of side " + side + " is edited to one of side " + edited.side());
    }
  }

  /** A photograph. */
  public LabelledFace(byte[] grey, int side, float arousal, float valence, String person) {
    this(grey, side, arousal, valence, person, null);
  }
}
