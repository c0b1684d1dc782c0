package io.paffmem.bench;

import java.util.SplittableRandom;

/**
 * z of a person who does not exist, along a video: what the face shows moves it in a few
 * directions, pose and light, which wander from frame to frame, in others, and a little is noise.
 */
final class MadeFaces {
  private static final int DIMENSIONS = 50;
  private static final float READ = 0.8f;
  private static final int POSES = 4;
  private static final double PERSON = 0.4;
  private static final double EXPRESSION = 0.3;
  private static final double CURVED = 0.7;
  private static final double POSE = 0.1;
  private static final double NOISE = 0.03;

  /** Share of a pose that is forgotten, and of the way to the next expression, in a frame. */
  private static final double POSE_STEP = 0.02;

  private static final double EXPRESSION_STEP = 0.1;
  private static final double NEW_EXPRESSION = 0.03;

  private final SplittableRandom random;
  private final double[] person;
  private final double[][] expressions = new double[5][];
  private final double[][] poses = new double[POSES][];
  private final double[] pose;
  private double arousal;
  private double valence;
  private double nextArousal;
  private double nextValence;

  /**
   * A person, at the first frame.
   *
   * @param variety how far expression and pose move z; at 1 a memory grows to 512 neurons in about
   *     fifty seeded frames
   */
  MadeFaces(long seed, double variety) {
    random = new SplittableRandom(seed);
    person = gaussians(DIMENSIONS, PERSON);
    for (int i = 0; i < expressions.length; i++) {
      expressions[i] = gaussians(DIMENSIONS, variety * EXPRESSION * (i < 2 ? 1 : CURVED));
    }
    for (int i = 0; i < POSES; i++) {
      poses[i] = gaussians(DIMENSIONS, variety * POSE);
    }
    pose = gaussians(POSES, 1);
  }

  /** Goes on that many frames. */
  void advance(int frames) {
    double kept = 1 - POSE_STEP;
    double fresh = StrictMath.sqrt(1 - kept * kept);
    for (int frame = 0; frame < frames; frame++) {
      for (int i = 0; i < POSES; i++) {
        pose[i] = kept * pose[i] + fresh * random.nextGaussian();
      }
      if (random.nextDouble() < NEW_EXPRESSION) {
        nextArousal = 2 * random.nextDouble() - 1;
        nextValence = 2 * random.nextDouble() - 1;
      }
      arousal += EXPRESSION_STEP * (nextArousal - arousal);
      valence += EXPRESSION_STEP * (nextValence - valence);
    }
  }

  /** z of the present frame. */
  float[] real() {
    float[] z = new float[DIMENSIONS];
    write(arousal, valence, z, 0);
    return z;
  }

  /** What a PK reads from the present frame: less than is shown. */
  float[] read() {
    return read(new float[] {(float) arousal, (float) valence});
  }

  /** What a PK reads from faces that show these pairs of (arousal, valence). */
  static float[] read(float[] affect) {
    float[] read = new float[affect.length];
    for (int i = 0; i < affect.length; i++) {
      read[i] = READ * affect[i];
    }
    return read;
  }

  /** z' of the faces imagined from the present frame, one a pair of (arousal, valence). */
  float[] imagined(float[] affect) {
    float[] z = new float[affect.length / 2 * DIMENSIONS];
    for (int i = 0; i < affect.length / 2; i++) {
      write(affect[2 * i], affect[2 * i + 1], z, i * DIMENSIONS);
    }
    return z;
  }

  private void write(double a, double v, float[] into, int from) {
    double[] shown = {a, v, a * v, a * a - 1 / 3.0, v * v - 1 / 3.0};
    for (int d = 0; d < DIMENSIONS; d++) {
      double sum = person[d] + NOISE * random.nextGaussian();
      for (int i = 0; i < shown.length; i++) {
        sum += shown[i] * expressions[i][d];
      }
      for (int i = 0; i < POSES; i++) {
        sum += pose[i] * poses[i][d];
      }
      into[from + d] = (float) StrictMath.tanh(sum);
    }
  }

  private double[] gaussians(int size, double deviation) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return values;
  }
}
