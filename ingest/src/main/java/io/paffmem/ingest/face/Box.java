package io.paffmem.ingest.face;

/**
 * A rectangle in a picture, in pixels from its upper left corner; may reach past the picture.
 *
 * @param width greater than 0
 * @param height greater than 0
 * @param tilt degrees by which it is turned about its middle, clockwise, -180 to 180, so that what
 *     it is around stands upright in it; the first four tell where it lies before that, and what is
 *     asked of areas is of these alone
 */
public record Box(float x, float y, float width, float height, float tilt) {
  /** One that is not turned. */
  public Box(float x, float y, float width, float height) {
    this(x, y, width, height, 0);
  }

  /**
   * @throws IllegalArgumentException if a value is not finite or a side is not positive
   */
  public Box {
    if (!Float.isFinite(x + y + width + height + tilt) || width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          "no box: x " + x + ", y " + y + ", width " + width + ", height " + height);
    }
  }

  /** Square pixels. */
  public float area() {
    return width * height;
  }

  /** Area that both cover divided by area that either covers: 1 for the same box, 0 if apart. */
  public float overlap(Box other) {
    float across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    float down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    if (across <= 0 || down <= 0) {
      return 0;
    }
    float both = across * down;
    return both / (area() + other.area() - both);
  }

  /** The box that lies {@code weight} (0 to 1) of the way from this one to the other. */
  public Box towards(Box other, float weight) {
    return new Box(
        x + weight * (other.x - x),
        y + weight * (other.y - y),
        width + weight * (other.width - width),
        height + weight * (other.height - height),
        tilt + weight * (other.tilt - tilt));
  }

  /** Share of it that lies past the edges of a picture of that size, 0 to 1. */
  float cutOff(int pictureWidth, int pictureHeight) {
    float across = Math.min(pictureWidth, x + width) - Math.max(0, x);
    float down = Math.min(pictureHeight, y + height) - Math.max(0, y);
    float inside = Math.max(0, across) * Math.max(0, down) / area();
    return Math.max(0, Math.min(1, 1 - inside));
  }

  /** The square around the same centre whose side is {@code factor} times the longer side. */
  Box square(float factor) {
    float side = factor * Math.max(width, height);
    return new Box(x + (width - side) / 2, y + (height - side) / 2, side, side, tilt);
  }
}
