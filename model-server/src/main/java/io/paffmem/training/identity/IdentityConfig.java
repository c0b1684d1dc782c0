package io.paffmem.training.identity;

/**
 * How the identity network is trained: two faces each of many people a step, of which each face has
 * to find its partner among all others (a softmax over cosines; Khosla et al., Supervised
 * Contrastive Learning, NeurIPS 2020).
 *
 * @param batch faces a step, even, at least 4
 * @param learningRate Adam's at the beginning, above 0; it falls to zero along a half cosine
 * @param scale of the cosines before the softmax, above 0
 * @param kept part of the numbers that the embedding is made of that a step sees, in (0, 1]; the
 *     rest is dropped
 * @param leastFaces people with fewer are not trained on, at least 1
 * @param validationShare part of the people kept from training, in (0, 1): the same people as a
 *     PK's training with the same share and seed keeps
 * @param seed of all randomness
 */
public record IdentityConfig(
    int batch,
    double learningRate,
    double scale,
    double kept,
    int leastFaces,
    double validationShare,
    long seed) {

  public IdentityConfig {
    require(batch >= 4 && batch % 2 == 0, "batch", batch, "even and at least 4");
    require(learningRate > 0, "learningRate", learningRate, "above 0");
    require(scale > 0, "scale", scale, "above 0");
    require(kept > 0 && kept <= 1, "kept", kept, "in (0, 1]");
    require(leastFaces >= 1, "leastFaces", leastFaces, "at least 1");
    require(
        validationShare > 0 && validationShare < 1,
        "validationShare",
        validationShare,
        "in (0, 1)");
  }

  /** What a trial found good. */
  public static IdentityConfig defaults(long seed) {
    return new IdentityConfig(96, 1e-3, 14, 0.7, 1, 0.15, seed);
  }

  /** The same with people of fewer faces, or without them. */
  public IdentityConfig withLeastFaces(int faces) {
    return new IdentityConfig(batch, learningRate, scale, kept, faces, validationShare, seed);
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
