package io.paffmem.ingest.synthetic;

import java.util.random.RandomGenerator;

/**
 * All that changes a picture of a face and says nothing about what is felt.
 *
 * @param yawDegrees head turned to the right of the picture, within about 30
 * @param pitchDegrees head turned down, within about 20
 * @param rollDegrees head tilted clockwise
 * @param shiftX where the face lies, from the middle to the right, in widths of the face box
 * @param shiftY the same downwards
 * @param scale size of the face relative to its usual size in the picture
 * @param lightX where the light comes from: -1 left to 1 right
 * @param lightY -1 above to 1 below
 * @param lightStrength 0 even light to 1 hard side light
 * @param exposure factor on brightness, about 1
 * @param warmth tint: -1 bluish to 1 reddish
 * @param gazeX where the eyes look: -1 left to 1 right
 * @param gazeY -1 up to 1 down
 * @param blink 0 lids as the expression has them, 1 closed
 * @param blur 0 sharp to 1 softly out of focus
 * @param noise standard deviation of the sensor's noise, in grey levels of 255
 * @param backgroundSeed decides the room behind
 * @param noiseSeed decides the noise
 */
public record FaceScene(
    float yawDegrees,
    float pitchDegrees,
    float rollDegrees,
    float shiftX,
    float shiftY,
    float scale,
    float lightX,
    float lightY,
    float lightStrength,
    float exposure,
    float warmth,
    float gazeX,
    float gazeY,
    float blink,
    float blur,
    float noise,
    long backgroundSeed,
    long noiseSeed) {

  /** Straight into the camera, even light, no noise. */
  public static final FaceScene PLAIN =
      new FaceScene(0, 0, 0, 0, 0, 1, -0.3f, -0.5f, 0.3f, 1, 0, 0, 0, 0, 0, 0, 1, 1);

  /** Refuses light, gaze, warmth, blink and blur outside their ranges, and sizes that are none. */
  public FaceScene {
    require("lightX", lightX, -1, 1);
    require("lightY", lightY, -1, 1);
    require("lightStrength", lightStrength, 0, 1);
    require("warmth", warmth, -1, 1);
    require("gazeX", gazeX, -1, 1);
    require("gazeY", gazeY, -1, 1);
    require("blink", blink, 0, 1);
    require("blur", blur, 0, 1);
    require("scale", scale, 0.05f, 20);
    require("exposure", exposure, 0, 10);
    require("noise", noise, 0, 255);
  }

  private static void require(String name, float value, float least, float most) {
    // Written so that NaN fails too.
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; allowed is " + least + " to " + most);
    }
  }

  /**
   * A scene as a face finder may meet it: mostly frontal, with the jitter of its boxes.
   *
   * @param random decides everything; the same state gives the same scene
   */
  public static FaceScene random(RandomGenerator random) {
    return new FaceScene(
        bell(random, 11, 28),
        bell(random, 6, 15),
        bell(random, 5, 14),
        bell(random, 0.02f, 0.05f),
        bell(random, 0.02f, 0.05f),
        1 + bell(random, 0.04f, 0.1f),
        uniform(random, -1, 1),
        uniform(random, -0.9f, 0.3f),
        uniform(random, 0.1f, 0.8f),
        uniform(random, 0.7f, 1.08f),
        bell(random, 0.35f, 1),
        bell(random, 0.3f, 1),
        bell(random, 0.25f, 1),
        random.nextInt(40) == 0 ? uniform(random, 0.3f, 1) : 0,
        uniform(random, 0, 0.6f),
        uniform(random, 0, 3),
        random.nextLong(),
        random.nextLong());
  }

  private static float bell(RandomGenerator random, float deviation, float bound) {
    return Math.max(-bound, Math.min(bound, deviation * (float) random.nextGaussian()));
  }

  private static float uniform(RandomGenerator random, float low, float high) {
    return low + (high - low) * random.nextFloat();
  }
}
