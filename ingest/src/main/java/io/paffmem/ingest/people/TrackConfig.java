package io.paffmem.ingest.people;

/**
 * How faces are joined to tracks.
 *
 * @param reach how far a face moves from one picture to the next, in its sides; above 0
 * @param reachPerSecond how much further after a time without a detection, in its sides a second
 * @param keepSeconds for how long a face that is not seen is looked for near where it was
 * @param lookWeight how much the look counts against the place, 0 to 1
 * @param unlike likeness below which two looks are of two people, 0 to 1
 * @param covered the same of a face that is partly covered, 0 to {@code unlike}
 * @param alike likeness from which somebody who comes back gets the number they had, 0 to 1
 * @param margin by how much that must be more alike than anybody else; 0 to 1
 * @param confirmations in how many pictures a new face must be seen before it gets a number, so
 *     that no passing mistake of the detector becomes a person; 1 or more
 * @param alone seconds since the picture before from which a picture stands alone, and its faces
 *     count at once
 * @param most how many people of a stream are remembered; numbers go on beyond
 */
public record TrackConfig(
    double reach,
    double reachPerSecond,
    double keepSeconds,
    double lookWeight,
    float unlike,
    float covered,
    float alike,
    float margin,
    int confirmations,
    double alone,
    int most) {

  /**
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public TrackConfig {
    if (!(reach > 0 && reachPerSecond >= 0 && keepSeconds >= 0 && alone > 0)) {
      throw new IllegalArgumentException(
          "reach, reachPerSecond, keepSeconds, alone are %s, %s, %s, %s; none may be negative"
              .formatted(reach, reachPerSecond, keepSeconds, alone));
    }
    if (!(lookWeight >= 0 && lookWeight <= 1 && margin >= 0 && unlike >= 0)
        || !(alike >= unlike && alike <= 1)) {
      throw new IllegalArgumentException(
          "lookWeight, unlike, alike, margin are %s, %s, %s, %s; allowed is 0 to 1, alike no less than unlike"
              .formatted(lookWeight, unlike, alike, margin));
    }
    if (confirmations < 1 || most < 1) {
      throw new IllegalArgumentException(
          "confirmations and most are %d and %d; at least 1".formatted(confirmations, most));
    }
  }

  /** Chosen on synthetic meetings that are not those of the figures. */
  public static TrackConfig defaults() {
    return new TrackConfig(0.6, 1.5, 5, 0.7, 0.55f, 0.3f, 0.8f, 0.05f, 3, 1, 1_000);
  }
}
