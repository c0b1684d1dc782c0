package io.paffmem.ingest.video;

/** A clockwise turn of a picture by a multiple of 90 degrees. */
enum QuarterTurns {
  NONE,
  ONE,
  TWO,
  THREE;

  /**
   * The turn that undoes what a container's display matrix says.
   *
   * @param displayDegrees counter-clockwise, as FFmpeg reports it; rounded to the nearest quarter
   */
  static QuarterTurns toUndo(double displayDegrees) {
    if (!Double.isFinite(displayDegrees)) {
      return NONE;
    }
    return values()[Math.floorMod(Math.round(-displayDegrees / 90.0), 4)];
  }

  /** Whether width and height change places. */
  boolean swapSides() {
    return this == ONE || this == THREE;
  }

  /**
   * Turns {@code from} (of {@code width} x {@code height}) into {@code to}, three bytes a pixel.
   */
  void turn(byte[] from, int width, int height, byte[] to) {
    if (this == NONE) {
      return;
    }
    int source = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel =
            switch (this) {
              case ONE -> x * height + (height - 1 - y);
              case TWO -> (height - 1 - y) * width + (width - 1 - x);
              case THREE -> (width - 1 - x) * height + y;
              case NONE -> y * width + x;
            };
        int target = 3 * pixel;
        to[target] = from[source++];
        to[target + 1] = from[source++];
        to[target + 2] = from[source++];
      }
    }
  }
}
