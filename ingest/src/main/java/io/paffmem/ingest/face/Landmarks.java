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

  // Where the eyes are in the pictures that the networks learn from, against the side of a box
  // whose crop they are: medians over 384 photographs, half of them of each set.
  private static final double EYES_DOWN = 0.391;
  private static final double EYES_APART = 0.383;

  // What is no pair of eyes, or of a head that is turned so far that they say nothing of its size.
  private static final double LEAST_APART = 0.2;
  private static final double MOST_APART = 0.65;
  private static final double MOST_TILT_DEGREES = 60;

  /** How far the head is tilted, degrees clockwise, -180 to 180. */
  float rollDegrees() {
    return (float) Math.toDegrees(Math.atan2(rightEyeY - leftEyeY, rightEyeX - leftEyeX));
  }

  /**
   * The box in which the eyes are level, where they are in the pictures that the networks learn
   * from. Its side is the geometric mean of the found one and of what the eyes say: these come
   * closer as the head turns aside, and the found one is of more than the face.
   *
   * @param found around the face, square, not turned
   * @return {@code found} if these are hardly two eyes of a face of that size
   */
  Box upright(Box found) {
    double acrossX = rightEyeX - leftEyeX;
    double acrossY = rightEyeY - leftEyeY;
    double apart = Math.hypot(acrossX, acrossY);
    float tilt = rollDegrees();
    // Written so that NaN fails too.
    if (!(apart >= LEAST_APART * found.width()
        && apart <= MOST_APART * found.width()
        && Math.abs(tilt) <= MOST_TILT_DEGREES)) {
      return found;
    }
    double side = Math.sqrt(found.width() * apart / EYES_APART);
    double toMiddle = (0.5 - EYES_DOWN) * side / apart;
    double middleX = (leftEyeX + rightEyeX) / 2 - toMiddle * acrossY;
    double middleY = (leftEyeY + rightEyeY) / 2 + toMiddle * acrossX;
    return new Box(
        (float) (middleX - side / 2),
        (float) (middleY - side / 2),
        (float) side,
        (float) side,
        tilt);
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
