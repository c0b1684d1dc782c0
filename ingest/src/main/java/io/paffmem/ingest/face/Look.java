package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;

/** What a box of a picture shows, coarsely: the green of 16 x 16 points spread over it. */
public final class Look {
  private static final int POINTS_A_SIDE = 16;
  private static final int POINTS = POINTS_A_SIDE * POINTS_A_SIDE;
  // Below this variance (grey levels squared) there is nothing to compare but noise.
  private static final double FLAT = 1;

  private final float[] green = new float[POINTS];

  /** Replaces what this holds; points past the picture's edge take the pixel at the edge. */
  public void take(Picture picture, Box box) {
    byte[] bgr = picture.bgr();
    int point = 0;
    for (int row = 0; row < POINTS_A_SIDE; row++) {
      int y = (int) (box.y() + (row + 0.5f) * box.height() / POINTS_A_SIDE);
      y = Math.max(0, Math.min(picture.height() - 1, y));
      for (int column = 0; column < POINTS_A_SIDE; column++) {
        int x = (int) (box.x() + (column + 0.5f) * box.width() / POINTS_A_SIDE);
        x = Math.max(0, Math.min(picture.width() - 1, x));
        green[point++] = bgr[3 * (y * picture.width() + x) + 1] & 0xff;
      }
    }
  }

  /** Replaces what this holds by what another does. */
  public void take(Look other) {
    System.arraycopy(other.green, 0, green, 0, POINTS);
  }

  /**
   * Pearson's correlation, -1 to 1, which a change of light hardly moves; -1 if either is flat, for
   * a face never is.
   */
  public double correlation(Look other) {
    double sumA = 0;
    double sumB = 0;
    double sumAa = 0;
    double sumBb = 0;
    double sumAb = 0;
    for (int i = 0; i < POINTS; i++) {
      double a = green[i];
      double b = other.green[i];
      sumA += a;
      sumB += b;
      sumAa += a * a;
      sumBb += b * b;
      sumAb += a * b;
    }
    double varianceA = sumAa / POINTS - (sumA / POINTS) * (sumA / POINTS);
    double varianceB = sumBb / POINTS - (sumB / POINTS) * (sumB / POINTS);
    if (varianceA < FLAT || varianceB < FLAT) {
      return -1;
    }
    double covariance = sumAb / POINTS - (sumA / POINTS) * (sumB / POINTS);
    return covariance / Math.sqrt(varianceA * varianceB);
  }
}
