package io.paffmem.training.faces;

import io.paffmem.network.NetworkConfig;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Changes that keep the expression: mirror, shift, scale, turn, light, fewer pixels, and a grey
 * patch somewhere. They stand for what a face finder and a camera do, for a lamp on one side, and
 * for hands, hair, masks and dark glasses in front of a face.
 *
 * @param shift largest shift, pixels of the result
 * @param scale largest relative change of size
 * @param turnRadians largest rotation
 * @param light largest relative change of contrast, and of brightness
 * @param coarse how often the face comes with fewer pixels, as of somebody far away, in [0, 1]
 * @param patched how often a patch covers a part of the face, in [0, 1]
 * @param slope largest relative change of light from the middle of the face to its edge, in [0, 1)
 */
public record Augmentation(
    double shift,
    double scale,
    double turnRadians,
    double light,
    double coarse,
    double patched,
    double slope) {

  /** For faces that G is to reconstruct. */
  public static final Augmentation WHOLE =
      new Augmentation(4.5, 0.12, Math.toRadians(12), 0.35, 0, 0, 0);

  /** For faces that are only read. */
  public static final Augmentation PATCHED =
      new Augmentation(4.5, 0.12, Math.toRadians(12), 0.35, 0.4, 0.7, 0);

  /** For faces of which only the person matters. */
  public static final Augmentation LOOK =
      new Augmentation(7, 0.2, Math.toRadians(15), 0.5, 0.4, 0.5, 0.5);

  private static final int SMALLEST_PATCH = 12;
  private static final int LARGEST_PATCH = 36;

  /** Part of the patches that are bands over the lower face or the eyes. */
  private static final double BANDS = 0.15;

  /** Where such bands begin and how high they are, as parts of the face's side. */
  private static final double[][] BAND_PLACES = {{0.58, 0.34}, {0.26, 0.2}};

  /**
   * Part of the faces that are moved by whole pixels, neither scaled nor turned: they stay as sharp
   * as those that the PK is asked about.
   */
  private static final double SHARP = 0.25;

  private static final int FEWEST_PIXELS = 28;
  private static final int MOST_PIXELS = 72;

  /** One change, which can be made to several faces alike. */
  public record Change(
      double mirror,
      double zoom,
      double turn,
      double dx,
      double dy,
      double contrast,
      double brightness,
      double gamma,
      int pixels,
      Optional<Patch> patch,
      double slopeX,
      double slopeY) {

    public static final Change NONE = new Change(1, 1, 0, 0, 0, 1, 0, 1, 0, Optional.empty(), 0, 0);

    /** Writes a changed copy: size x size luminance values from {@code into[offset]}. */
    public void apply(LabelledFace face, int size, byte[] into, int offset) {
      if (pixels > 0 && pixels < size) {
        byte[] coarse = new byte[pixels * pixels];
        sample(face, this, pixels, size, coarse, 0);
        stretch(coarse, pixels, size, into, offset);
      } else {
        sample(face, this, size, size, into, offset);
      }
      if (slopeX != 0 || slopeY != 0) {
        slope(size, into, offset);
      }
      patch.ifPresent(covering -> covering.cover(size, into, offset));
    }

    /** Light from one side. */
    private void slope(int size, byte[] into, int offset) {
      double half = (size - 1) / 2.0;
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          int at = offset + row * size + column;
          double gain = 1 + slopeX * (column - half) / half + slopeY * (row - half) / half;
          into[at] = (byte) Math.max(0, Math.min(255, Math.round((into[at] & 0xFF) * gain)));
        }
      }
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
  public Change draw(RandomGenerator random) {
    boolean sharp = random.nextDouble() < SHARP;
    double zoom = 1 + scale * symmetric(random);
    double turn = turnRadians * symmetric(random);
    double dx = shift * symmetric(random);
    double dy = shift * symmetric(random);
    return new Change(
        random.nextBoolean() ? -1 : 1,
        sharp ? 1 : zoom,
        sharp ? 0 : turn,
        sharp ? Math.rint(dx) : dx,
        sharp ? Math.rint(dy) : dy,
        1 + light * symmetric(random),
        255 * light / 2 * symmetric(random),
        Math.exp(light * symmetric(random)),
        random.nextDouble() < coarse ? random.nextInt(FEWEST_PIXELS, MOST_PIXELS) : 0,
        random.nextDouble() < patched ? Optional.of(patch(random)) : Optional.empty(),
        // No draw without slopes: the changes of a seed stay as they were.
        slope > 0 ? slope * symmetric(random) : 0,
        slope > 0 ? slope * symmetric(random) : 0);
  }

  private static Patch patch(RandomGenerator random) {
    double size = NetworkConfig.IMAGE_SIZE;
    if (random.nextDouble() < BANDS) {
      double[] place = BAND_PLACES[random.nextInt(BAND_PLACES.length)];
      return new Patch(0, place[0], 1, place[1], (byte) random.nextInt(256));
    }
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
  public static void plain(LabelledFace face, int size, byte[] into, int offset) {
    Change.NONE.apply(face, size, into, offset);
  }

  private static double symmetric(RandomGenerator random) {
    return 2 * random.nextDouble() - 1;
  }

  /**
   * The changed face.
   *
   * @param pixels side of the result
   * @param size side of the picture that shifts are counted in
   */
  private static void sample(
      LabelledFace face, Change change, int pixels, int size, byte[] into, int offset) {
    byte[] grey = face.grey();
    int side = face.side();
    byte[] lit = lit(change);
    double pixel = (double) side / pixels * change.zoom;
    double cos = Math.cos(change.turn) * pixel;
    double sin = Math.sin(change.turn) * pixel;
    double centre = (side - 1) / 2.0;
    double half = (pixels - 1) / 2.0;
    double dx = change.dx * pixels / size;
    double dy = change.dy * pixels / size;
    int at = offset;
    for (int row = 0; row < pixels; row++) {
      double v = row - half + dy;
      for (int column = 0; column < pixels; column++) {
        double u = (column - half) * change.mirror + dx;
        double value = bilinear(grey, side, centre + cos * u - sin * v, centre + sin * u + cos * v);
        into[at++] = lit[(int) Math.round(value)];
      }
    }
  }

  /** What each luminance value becomes in this light. */
  private static byte[] lit(Change change) {
    byte[] values = new byte[256];
    for (int i = 0; i < values.length; i++) {
      double curved = 255 * Math.pow(i / 255.0, change.gamma);
      double value = (curved - 128) * change.contrast + 128 + change.brightness;
      values[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return values;
  }

  /** The same face in more pixels, without more to see. */
  private static void stretch(byte[] coarse, int pixels, int size, byte[] into, int offset) {
    double step = (double) pixels / size;
    int at = offset;
    for (int row = 0; row < size; row++) {
      double y = (row + 0.5) * step - 0.5;
      for (int column = 0; column < size; column++) {
        into[at++] = (byte) Math.round(bilinear(coarse, pixels, (column + 0.5) * step - 0.5, y));
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
