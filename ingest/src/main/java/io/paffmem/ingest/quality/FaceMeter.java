package io.paffmem.ingest.quality;

import io.paffmem.schemas.avro.FaceQuality;
import org.jspecify.annotations.Nullable;

/** Measures how well a picture shows a face. Used by one thread. */
public final class FaceMeter {
  private final int cropSide;

  /** Sharpness is measured at half the crop's resolution, where noise and JPEG count less. */
  private final int side;

  private final float[] luma;

  /**
   * For crops of one size.
   *
   * @param cropSide pixels, even, at least 6
   */
  public FaceMeter(int cropSide) {
    this.cropSide = cropSide;
    this.side = cropSide / 2;
    this.luma = new float[side * side];
  }

  /**
   * Measures one face.
   *
   * @param crop as it is to be read: rows of pixels of blue, green, red
   * @param faceSide pixels of the face in the picture
   * @param cutOff share of it that lies past the picture's edge, 0 to 1
   * @param score of the detector, 0 to 1; null where it did not see this face
   * @param yaw degrees; null where nobody knows
   * @param roll degrees; null where nobody knows
   */
  public FaceQuality measure(
      byte[] crop,
      float faceSide,
      float cutOff,
      @Nullable Float score,
      @Nullable Float yaw,
      @Nullable Float roll) {
    float sharpness = sharpness(crop);
    return new FaceQuality(
        Readability.isReadable(faceSide, sharpness, cutOff, yaw, roll),
        faceSide,
        sharpness,
        cutOff,
        score,
        yaw,
        roll);
  }

  /**
   * Standard deviation of the Laplacian against that of the luma, so that light and contrast do not
   * count; 0 where all pixels are the same.
   */
  private float sharpness(byte[] bgr) {
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int at = 3 * (2 * row * cropSide + 2 * column);
        int below = at + 3 * cropSide;
        float mean =
            (luma(bgr, at) + luma(bgr, at + 3) + luma(bgr, below) + luma(bgr, below + 3)) / 4;
        luma[row * side + column] = mean;
        sum += mean;
        squares += mean * mean;
      }
    }
    int pixels = side * side;
    double variance = squares / pixels - sum / pixels * (sum / pixels);
    if (variance < 1e-3) {
      return 0;
    }
    double laplacian = 0;
    for (int row = 1; row < side - 1; row++) {
      for (int column = 1; column < side - 1; column++) {
        int at = row * side + column;
        float around = luma[at - 1] + luma[at + 1] + luma[at - side] + luma[at + side];
        float value = around - 4 * luma[at];
        laplacian += value * value;
      }
    }
    int inner = (side - 2) * (side - 2);
    return (float) Math.sqrt(laplacian / inner / variance);
  }

  /** ITU-R BT.601. */
  private static float luma(byte[] bgr, int at) {
    return 0.114f * (bgr[at] & 0xff)
        + 0.587f * (bgr[at + 1] & 0xff)
        + 0.299f * (bgr[at + 2] & 0xff);
  }
}
