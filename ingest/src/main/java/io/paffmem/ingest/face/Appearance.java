package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;

/**
 * How somebody looks, well enough to tell the people of one stream apart; it says nothing across
 * days, lights or cameras.
 */
public interface Appearance {
  /**
   * Describes the one whose face is in a box.
   *
   * @return numbers of which a weighted mean describes what several pictures show
   */
  float[] describe(Picture picture, Box face);

  /** How alike two descriptions are: 1 the same, 0 nothing alike. */
  float likeness(float[] one, float[] other);

  /** What is in the box: colours of face, hair and clothes, and a coarse patch. */
  static Appearance ofColours() {
    return new ColourAppearance();
  }
}
