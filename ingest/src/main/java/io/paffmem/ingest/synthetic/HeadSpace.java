package io.paffmem.ingest.synthetic;

import java.awt.geom.Path2D;
import java.util.Arrays;

/**
 * From a point of the head (see {@link Appearance} for its units) to a pixel, and smooth curves
 * through such points.
 *
 * <p>The face is an ellipsoid: a point is given by x and y as seen from the front and by its lift
 * above that surface. It turns about the middle of the head and is projected in parallel, so
 * features slide and foreshorten as on a head. Not thread-safe.
 */
final class HeadSpace {
  static final float PIVOT_Y = 0.45f;
  private static final float HALF_WIDTH = 1.12f;
  private static final float HALF_HEIGHT = 1.95f;
  private static final float HALF_DEPTH = 0.95f;

  private float cosYaw;
  private float sinYaw;
  private float cosPitch;
  private float sinPitch;
  private float cosRoll;
  private float sinRoll;
  private float scale;
  private float centerX;
  private float centerY;

  /** The pixel of the last point asked for. */
  float pixelX;

  float pixelY;

  private float[] xs = new float[64];
  private float[] ys = new float[64];
  private int count;
  private final Path2D.Float path = new Path2D.Float(Path2D.WIND_NON_ZERO, 128);

  /** Turns in degrees; scale in pixels a unit; the pixel of the middle of the head. */
  void place(float yaw, float pitch, float roll, float pixelsPerUnit, float x, float y) {
    cosYaw = (float) Math.cos(Math.toRadians(yaw));
    sinYaw = (float) Math.sin(Math.toRadians(yaw));
    cosPitch = (float) Math.cos(Math.toRadians(pitch));
    sinPitch = (float) Math.sin(Math.toRadians(pitch));
    cosRoll = (float) Math.cos(Math.toRadians(roll));
    sinRoll = (float) Math.sin(Math.toRadians(roll));
    scale = pixelsPerUnit;
    centerX = x;
    centerY = y;
  }

  float scale() {
    return scale;
  }

  float cosRoll() {
    return cosRoll;
  }

  float sinRoll() {
    return sinRoll;
  }

  /** Height of the face's surface, towards the viewer. */
  private static float surface(float x, float y) {
    float u = x / HALF_WIDTH;
    float v = (y - PIVOT_Y) / HALF_HEIGHT;
    return HALF_DEPTH * (float) Math.sqrt(Math.max(0.03f, 1 - u * u - v * v));
  }

  /** Projects a point with its own depth. */
  void projectDeep(float x, float y, float z) {
    float dy = y - PIVOT_Y;
    float turnedX = x * cosYaw + z * sinYaw;
    float turnedZ = z * cosYaw - x * sinYaw;
    float turnedY = dy * cosPitch + turnedZ * sinPitch;
    pixelX = centerX + scale * (turnedX * cosRoll - turnedY * sinRoll);
    pixelY = centerY + scale * (turnedX * sinRoll + turnedY * cosRoll);
  }

  /** Projects a point of the face, lifted above its surface. */
  void project(float x, float y, float lift) {
    projectDeep(x, y, surface(x, y) + lift);
  }

  /** Begins a curve. */
  HeadSpace begin() {
    count = 0;
    return this;
  }

  HeadSpace to(float x, float y) {
    return to(x, y, 0);
  }

  HeadSpace to(float x, float y, float lift) {
    project(x, y, lift);
    return add();
  }

  HeadSpace toDeep(float x, float y, float z) {
    projectDeep(x, y, z);
    return add();
  }

  private HeadSpace add() {
    if (count == xs.length) {
      xs = Arrays.copyOf(xs, 2 * count);
      ys = Arrays.copyOf(ys, 2 * count);
    }
    xs[count] = pixelX;
    ys[count++] = pixelY;
    return this;
  }

  /** The closed Catmull-Rom curve through the points; valid until the next curve is asked for. */
  Path2D closed() {
    path.reset();
    path.moveTo(xs[0], ys[0]);
    for (int i = 0; i < count; i++) {
      segment((i + count - 1) % count, i, (i + 1) % count, (i + 2) % count);
    }
    path.closePath();
    return path;
  }

  /** The open curve through the points; valid until the next curve is asked for. */
  Path2D open() {
    path.reset();
    path.moveTo(xs[0], ys[0]);
    for (int i = 0; i + 1 < count; i++) {
      segment(Math.max(0, i - 1), i, i + 1, Math.min(count - 1, i + 2));
    }
    return path;
  }

  private void segment(int before, int from, int to, int after) {
    path.curveTo(
        xs[from] + (xs[to] - xs[before]) / 6,
        ys[from] + (ys[to] - ys[before]) / 6,
        xs[to] - (xs[after] - xs[from]) / 6,
        ys[to] - (ys[after] - ys[from]) / 6,
        xs[to],
        ys[to]);
  }
}
