package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Pictures made for tests. */
final class Pictures {
  static final int WIDTH = 200;
  static final int HEIGHT = 160;

  /** Where the face of {@link #posterBeside} is. */
  static final Box LIVING = new Box(20, 60, 40, 40);

  /** Where its poster is, larger. */
  static final Box POSTER = new Box(110, 20, 70, 70);

  private Pictures() {}

  static Picture of(BufferedImage image) {
    byte[] bgr = new byte[3 * image.getWidth() * image.getHeight()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        bgr[at++] = (byte) rgb;
        bgr[at++] = (byte) (rgb >> 8);
        bgr[at++] = (byte) (rgb >> 16);
      }
    }
    return new Picture(0, 0, image.getWidth(), image.getHeight(), bgr);
  }

  /** A room with a face at {@link #LIVING} and another at {@link #POSTER}. */
  static Picture posterBeside() {
    byte[] bgr = room();
    body(bgr, LIVING, 200, 150, 120, 30, 40, 160);
    return new Picture(0, 0, WIDTH, HEIGHT, bgr);
  }

  /** The same room after the one at {@link #LIVING} has left. */
  static Picture posterAlone() {
    return new Picture(0, 0, WIDTH, HEIGHT, room());
  }

  /** The same room with somebody else at {@link #LIVING}. */
  static Picture otherInThePlace() {
    byte[] bgr = room();
    body(bgr, LIVING, 120, 80, 60, 30, 150, 40);
    return new Picture(0, 0, WIDTH, HEIGHT, bgr);
  }

  private static byte[] room() {
    byte[] bgr = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int level = 90 + 60 * (x / 25 % 2) + 40 * (y / 40 % 2);
        paint(bgr, x, y, level, level, level);
      }
    }
    body(bgr, POSTER, 240, 220, 90, 210, 210, 30);
    return bgr;
  }

  /** A face of one colour with eyes, on clothes of another. */
  private static void body(byte[] bgr, Box face, int r, int g, int b, int cr, int cg, int cb) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        float across = (x - face.x()) / face.width();
        float down = (y - face.y()) / face.height();
        if (across >= 0 && across < 1 && down >= -0.3f && down < 1.1f) {
          boolean eye = down > 0.3f && down < 0.45f && (across < 0.4f) == (across > 0.2f);
          paint(bgr, x, y, eye ? 20 : r, eye ? 20 : g, eye ? 20 : b);
        } else if (across >= -0.4f && across < 1.4f && down >= 1.1f && down < 2.2f) {
          paint(bgr, x, y, cr, cg, cb);
        }
      }
    }
  }

  private static void paint(byte[] bgr, int x, int y, int red, int green, int blue) {
    int at = 3 * (y * WIDTH + x);
    bgr[at] = (byte) blue;
    bgr[at + 1] = (byte) green;
    bgr[at + 2] = (byte) red;
  }

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
