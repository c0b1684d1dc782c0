package io.paffmem.training.identity;

/**
 * How the identity network is trained: a softmax over cosines with a margin (Wang et al., CosFace,
 * CVPR 2018).
 *
 * @param batch faces a step, at least 2
 * @param learningRate Adam's at the beginning, above 0; it falls to zero along a half cosine
 * @param scale of the cosines before the softmax, above 0
 * @param margin that the true person's cosine must win by, in [0, 1)
 * @param kept part of the last feature map that a step sees, in (0, 1]; the rest is dropped
 * @param leastFaces people with fewer are not trained on, at least 2
 * @param validationShare part of the people kept from training, in (0, 1): the same people as a
 *     PK's training with the same share and seed keeps
 * @param seed of all randomness
 */
public record IdentityConfig(
    int batch,
    double learningRate,
    double scale,
    double margin,
    double kept,
    int leastFaces,
    double validationShare,
    long seed) {

  public IdentityConfig {
    require(batch >= 2, "batch", batch, "at least 2");
    require(learningRate > 0, "learningRate", learningRate, "above 0");
    require(scale > 0, "scale", scale, "above 0");
    require(margin >= 0 && margin < 1, "margin", margin, "in [0, 1)");
    require(kept > 0 && kept <= 1, "kept", kept, "in (0, 1]");
    require(leastFaces >= 2, "leastFaces", leastFaces, "at least 2");
    require(
        validationShare > 0 && validationShare < 1,
        "validationShare",
        validationShare,
        "in (0, 1)");
  }

  /** What a trial found good. */
  public static IdentityConfig defaults(long seed) {
    return new IdentityConfig(64, 1e-3, 16, 0.2, 0.7, 10, 0.15, seed);
  }

  /** The same with people of fewer faces, or without them. */
  public IdentityConfig withLeastFaces(int faces) {
    return new IdentityConfig(
        batch, learningRate, scale, margin, kept, faces, validationShare, seed);
  }

  /**
   * The rate at a point of the run.
   *
   * @param progress part of the run that is over, in [0, 1]
   */
  double learningRate(double progress) {
    return learningRate * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  private static void require(boolean holds, String name, Number value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + allowed);
    }
  }
}
