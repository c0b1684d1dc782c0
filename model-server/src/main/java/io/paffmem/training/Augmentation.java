package io.paffmem.training;

import io.paffmem.network.NetworkConfig;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Changes that keep the expression: mirror, shift, scale, turn, light, and a grey patch somewhere.
 * They stand for what a face finder and a camera do, and for hands and hair in front of a face.
 *
 * @param shift largest shift, pixels of the result
 * @param scale largest relative change of size
 * @param turnRadians largest rotation
 * @param light largest relative change of contrast, and of brightness
 * @param patched how often a patch covers a part of the face, in [0, 1]
 */
record Augmentation(double shift, double scale, double turnRadians, double light, double patched) {

  /** For faces that G is to reconstruct. */
  static final Augmentation WHOLE = new Augmentation(4.5, 0.12, Math.toRadians(12), 0.35, 0);

  /** For faces that are only read. */
  static final Augmentation PATCHED = new Augmentation(4.5, 0.12, Math.toRadians(12), 0.35, 0.7);

  private static final int SMALLEST_PATCH = 12;
  private static final int LARGEST_PATCH = 36;

  /** One change, which can be made to several faces alike. */
  record Change(
      double mirror,
      double zoom,
      double turn,
      double dx,
      double dy,
      double contrast,
      double brightness,
      Optional<Patch> patch) {

    static final Change NONE = new Change(1, 1, 0, 0, 0, 1, 0, Optional.empty());

    /** Writes a changed copy: size x size luminance values from {@code into[offset]}. */
    void apply(LabelledFace face, int size, byte[] into, int offset) {
      sample(face, this, size, into, offset);
      patch.ifPresent(covering -> covering.cover(size, into, offset));
    }
  }

  /** A grey rectangle; left, top, width and height are parts of the face's side. */
  record Patch(double left, double top, double width, double height, byte grey) {
    void cover(int size, byte[] into, int offset) {
      int from = (int) (left * size);
      int to = (int) ((left + width) * size);
      for (int row = (int) (top * size); row < (int) ((top + height) * size); row++) {
        Arrays.fill(into, offset + row * size + from, offset + row * size + to, grey);
      }
    }
  }

  /** Draws a change. */
  Change draw(RandomGenerator random) {
    return new Change(
        random.nextBoolean() ? -1 : 1,
        1 + scale * symmetric(random),
        turnRadians * symmetric(random),
        shift * symmetric(random),
        shift * symmetric(random),
        1 + light * symmetric(random),
        255 * light / 2 * symmetric(random),
        random.nextDouble() < patched ? Optional.of(patch(random)) : Optional.empty());
  }

  private static Patch patch(RandomGenerator random) {
    double size = NetworkConfig.IMAGE_SIZE;
    double width = random.nextInt(SMALLEST_PATCH, LARGEST_PATCH) / size;
    double height = random.nextInt(SMALLEST_PATCH, LARGEST_PATCH) / size;
    return new Patch(
        random.nextDouble() * (1 - width),
        random.nextDouble() * (1 - height),
        width,
        height,
        (byte) random.nextInt(256));
  }

  /** Writes the face as it is, only resized. */
  static void plain(LabelledFace face, int size, byte[] into, int offset) {
    Change.NONE.apply(face, size, into, offset);
  }

  private static double symmetric(RandomGenerator random) {
    return 2 * random.nextDouble() - 1;
  }

  private static void sample(LabelledFace face, Change change, int size, byte[] into, int offset) {
    byte[] grey = face.grey();
    int side = face.side();
    double pixel = (double) side / size * change.zoom;
    double cos = Math.cos(change.turn) * pixel;
    double sin = Math.sin(change.turn) * pixel;
    double centre = (side - 1) / 2.0;
    double half = (size - 1) / 2.0;
    for (int row = 0; row < size; row++) {
      double v = row - half + change.dy;
      for (int column = 0; column < size; column++) {
        double u = (column - half) * change.mirror + change.dx;
        double value = bilinear(grey, side, centre + cos * u - sin * v, centre + sin * u + cos * v);
        double lit = (value - 128) * change.contrast + 128 + change.brightness;
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
