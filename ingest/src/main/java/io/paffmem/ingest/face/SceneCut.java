package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;

/** Tells a change of scene from one picture to the next. */
public final class SceneCut {
  /**
   * Correlation of two pictures, sampled coarsely, below which they are of different scenes. One
   * scene stays above 0.9 from picture to picture.
   */
  private static final double SAME_SCENE = 0.6;

  private final Look before = new Look();
  private final Look now = new Look();
  private boolean begun;

  /** Whether a cut lies before this picture, which comes after that of the last call. */
  public boolean isBefore(Picture picture) {
    now.take(picture, new Box(0, 0, picture.width(), picture.height()));
    boolean cut = begun && now.correlation(before) < SAME_SCENE;
    before.take(now);
    begun = true;
    return cut;
  }
}
