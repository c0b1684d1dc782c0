package io.paffmem.schemas.image;

/**
 * How a stored picture has to be turned to be upright: the eight orientations of EXIF 2.3 (tag
 * 0x0112), which are those of a video's display matrix too. A picture of width w and height h has
 * its pixel (x, y) at (x', y') when it is upright, where x' is x or w-1-x, y' is y or h-1-y, and
 * then the two may change places.
 */
public enum Orientation {
  /** 1: as it is stored. */
  UPRIGHT(false, false, false),
  /** 2: left and right change places. */
  MIRRORED(false, true, false),
  /** 3: a half turn. */
  HALF_TURN(false, true, true),
  /** 4: top and bottom change places. */
  FLIPPED(false, false, true),
  /** 5: rows become columns. */
  TRANSPOSED(true, false, false),
  /** 6: a quarter turn clockwise. */
  CLOCKWISE(true, false, true),
  /** 7: rows become columns, from the other corner. */
  TRANSVERSED(true, true, true),
  /** 8: a quarter turn counter-clockwise. */
  COUNTER_CLOCKWISE(true, true, false);

  private static final int CHANNELS = 3;

  private final boolean swapsSides;
  private final boolean reversesX;
  private final boolean reversesY;

  Orientation(boolean swapsSides, boolean reversesX, boolean reversesY) {
    this.swapsSides = swapsSides;
    this.reversesX = reversesX;
    this.reversesY = reversesY;
  }

  /** By EXIF's number; upright if that is not 1 to 8. */
  public static Orientation ofExif(int number) {
    return number >= 1 && number <= values().length ? values()[number - 1] : UPRIGHT;
  }

  /**
   * The one that is nearest to a display matrix, which takes stored pixels (x, y) to shown ones (ax
   * + cy, bx + dy): the scale does not matter, and a tilt is rounded to a quarter turn.
   */
  public static Orientation ofMatrix(double a, double b, double c, double d) {
    boolean swaps = Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d);
    boolean reversesX = (swaps ? b : a) < 0;
    boolean reversesY = (swaps ? c : d) < 0;
    for (Orientation each : values()) {
      if (each.swapsSides == swaps && each.reversesX == reversesX && each.reversesY == reversesY) {
        return each;
      }
    }
    throw new IllegalStateException("eight orientations are all there are");
  }

  /** Whether width and height change places. */
  public boolean swapsSides() {
    return swapsSides;
  }

  /**
   * Turns a picture.
   *
   * @param from {@code height} rows of {@code width} pixels of three bytes as they are stored
   * @param to gets the upright picture, of the same length; another array than {@code from}
   */
  public void turn(byte[] from, int width, int height, byte[] to) {
    if (this == UPRIGHT) {
      System.arraycopy(from, 0, to, 0, CHANNELS * width * height);
      return;
    }
    int source = 0;
    int uprightWidth = swapsSides ? height : width;
    for (int y = 0; y < height; y++) {
      int row = reversesY ? height - 1 - y : y;
      for (int x = 0; x < width; x++) {
        int column = reversesX ? width - 1 - x : x;
        int pixel = swapsSides ? column * uprightWidth + row : row * uprightWidth + column;
        int target = CHANNELS * pixel;
        to[target] = from[source++];
        to[target + 1] = from[source++];
        to[target + 2] = from[source++];
      }
    }
  }

  /**
   * Where a part of the upright picture is in the stored one.
   *
   * @param x of its left edge in the upright picture; so are {@code y}, {@code width}, {@code
   *     height}
   * @param storedWidth of the whole picture as it is stored
   * @param storedHeight likewise
   * @return left edge, top edge, width and height in the stored picture
   */
  public int[] toStored(int x, int y, int width, int height, int storedWidth, int storedHeight) {
    int left = swapsSides ? y : x;
    int top = swapsSides ? x : y;
    int across = swapsSides ? height : width;
    int down = swapsSides ? width : height;
    return new int[] {
      reversesX ? storedWidth - left - across : left,
      reversesY ? storedHeight - top - down : top,
      across,
      down
    };
  }
}
