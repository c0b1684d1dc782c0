package io.paffmem.training.faces;

import java.util.OptionalInt;

/**
 * One training face.
 *
 * @param grey side x side luminance values, 0 to 255
 * @param side pixels, at least 2
 * @param arousal -1 to 1
 * @param valence -1 to 1
 * @param person who it is; a person is either trained on or validated on
 * @param arousalError standard error of the arousal, of a label that was voted for; otherwise 0
 * @param valenceError the same of the valence
 * @param scene where that is known (synthetic people): faces of one person in one scene differ in
 *     expression alone; empty for photographs
 */
public record LabelledFace(
    byte[] grey,
    int side,
    float arousal,
    float valence,
    float arousalError,
    float valenceError,
    String person,
    OptionalInt scene) {

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
    if (!(arousalError >= 0 && valenceError >= 0)) {
      throw new IllegalArgumentException(
          "label errors are " + arousalError + " and " + valenceError + ", must be at least 0");
    }
  }

  /** A photograph. */
  public LabelledFace(byte[] grey, int side, float arousal, float valence, String person) {
    this(grey, side, arousal, valence, person, OptionalInt.empty());
  }

  /** One whose label is known for sure. */
  public LabelledFace(
      byte[] grey, int side, float arousal, float valence, String person, OptionalInt scene) {
    this(grey, side, arousal, valence, 0, 0, person, scene);
  }

  /** Whether both have the same label. */
  boolean sameLabel(LabelledFace other) {
    return arousal == other.arousal && valence == other.valence;
  }
}
