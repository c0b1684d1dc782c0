package io.paffmem.ingest.face;

/** What a picture showed of the person's face. */
public sealed interface Sighting {
  /**
   * The face was found.
   *
   * @param box the smoothed one, in the picture's pixels
   * @param face as the detector gave it
   */
  record Detected(Box box, Face face) implements Sighting {}

  /**
   * The face was not found, but it was a moment ago and that place still looks the same.
   *
   * @param box the box as it was last
   * @param missed how many pictures in a row it has now stood in for, from 1
   */
  record Carried(Box box, int missed) implements Sighting {}

  /** No face. */
  record Nothing() implements Sighting {}
}
