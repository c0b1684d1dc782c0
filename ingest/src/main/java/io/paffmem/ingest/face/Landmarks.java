package io.paffmem.ingest.face;

/**
 * Eyes and tip of the nose, in the picture's pixels. Left and right are those of the picture.
 *
 * @param leftEyeX and the others: the middle of the eye
 */
public record Landmarks(
    float leftEyeX, float leftEyeY, float rightEyeX, float rightEyeY, float noseX, float noseY) {
  /**
   * Distance of the eyes against how far the tip of the nose stands before them, about 63 mm to 35
   * mm in adults.
   */
  private static final double EYES_TO_NOSE = 1.8;

  /** How far the head is tilted, degrees clockwise, -180 to 180. */
  float rollDegrees() {
    return (float) Math.toDegrees(Math.atan2(rightEyeY - leftEyeY, rightEyeX - leftEyeX));
  }

  /**
   * About how far the head is turned to the right of the picture, degrees, -90 to 90: by how far
   * the nose lies from the middle of the eyes, along their line.
   */
  float yawDegrees() {
    double acrossX = rightEyeX - leftEyeX;
    double acrossY = rightEyeY - leftEyeY;
    double squared = acrossX * acrossX + acrossY * acrossY;
    if (squared == 0) {
      return 90;
    }
    double fromX = noseX - (leftEyeX + rightEyeX) / 2;
    double fromY = noseY - (leftEyeY + rightEyeY) / 2;
    double along = (fromX * acrossX + fromY * acrossY) / squared;
    return (float) Math.toDegrees(Math.atan(EYES_TO_NOSE * along));
  }
}
