package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.util.Random;

/** Pictures made for tests. */
final class Pictures {
  static final int WIDTH = 200;
  static final int HEIGHT = 160;

  private Pictures() {}

  /** Noise that is the same for the same seed. */
  static Picture noise(long seed) {
    byte[] bgr = new byte[3 * WIDTH * HEIGHT];
    new Random(seed).nextBytes(bgr);
    return new Picture(0, 0, WIDTH, HEIGHT, bgr);
  }

  /** One colour, each of 0 to 255. */
  static Picture plain(int width, int height, int red, int green, int blue) {
    byte[] bgr = new byte[3 * width * height];
    for (int i = 0; i < bgr.length; i += 3) {
      bgr[i] = (byte) blue;
      bgr[i + 1] = (byte) green;
      bgr[i + 2] = (byte) red;
    }
    return new Picture(0, 0, width, height, bgr);
  }
}
