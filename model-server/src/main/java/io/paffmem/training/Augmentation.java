package io.paffmem.training;

import java.util.random.RandomGenerator;

/**
 * Small changes that keep the expression: mirror, shift, scale, turn, light. They stand for what a
 * face finder and a camera do.
 *
 * @param shift largest shift, pixels of the result
 * @param scale largest relative change of size
 * @param turnRadians largest rotation
 * @param light largest relative change of contrast, and of brightness
 */
record Augmentation(double shift, double scale, double turnRadians, double light) {

  static final Augmentation TRAINING = new Augmentation(4.5, 0.07, Math.toRadians(7), 0.2);

  /**
   * Writes a changed copy of the face, and of its edited face if it has one, changed alike: size x
   * size luminance values from {@code into[offset]} and {@code edited[offset]}.
   */
  void apply(
      LabelledFace face, RandomGenerator random, int size, byte[] into, byte[] edited, int offset) {
    double mirror = random.nextBoolean() ? -1 : 1;
    double zoom = 1 + scale * symmetric(random);
    double turn = turnRadians * symmetric(random);
    double dx = shift * symmetric(random);
    double dy = shift * symmetric(random);
    double contrast = 1 + light * symmetric(random);
    double brightness = 255 * light / 2 * symmetric(random);
    sample(face, size, mirror, zoom, turn, dx, dy, contrast, brightness, into, offset);
    LabelledFace other = face.edited();
    if (other != null) {
      sample(other, size, mirror, zoom, turn, dx, dy, contrast, brightness, edited, offset);
    }
  }

  /** Writes the face as it is, only resized. */
  static void plain(LabelledFace face, int size, byte[] into, int offset) {
    sample(face, size, 1, 1, 0, 0, 0, 1, 0, into, offset);
  }

  private static double symmetric(RandomGenerator random) {
    return 2 * random.nextDouble() - 1;
  }

  private static void sample(
      LabelledFace face,
      int size,
      double mirror,
      double zoom,
      double turn,
      double dx,
      double dy,
      double contrast,
      double brightness,
      byte[] into,
      int offset) {
    byte[] grey = face.grey();
    int side = face.side();
    double pixel = (double) side / size * zoom;
    double cos = Math.cos(turn) * pixel;
    double sin = Math.sin(turn) * pixel;
    double centre = (side - 1) / 2.0;
    double half = (size - 1) / 2.0;
    for (int row = 0; row < size; row++) {
      double v = row - half + dy;
      for (int column = 0; column < size; column++) {
        double u = (column - half) * mirror + dx;
        double value = bilinear(grey, side, centre + cos * u - sin * v, centre + sin * u + cos * v);
        double lit = (value - 128) * contrast + 128 + brightness;
        into[offset++] = (byte) Math.max(0, Math.min(255, Math.round(lit)));
      }
    }
  }

  private static double bilinear(byte[] grey, int side, double x, double y) {
    double clampedX = Math.max(0, Math.min(side - 1.001, x));
    double clampedY = Math.max(0, Math.min(side - 1.001, y));
    int left = (int) clampedX;
    int top = (int) clampedY;
    double fx = clampedX - left;
    double fy = clampedY - top;
    int at = top * side + left;
    double above = (grey[at] & 0xFF) * (1 - fx) + (grey[at + 1] & 0xFF) * fx;
    double below = (grey[at + side] & 0xFF) * (1 - fx) + (grey[at + side + 1] & 0xFF) * fx;
    return above * (1 - fy) + below * fy;
  }
}
