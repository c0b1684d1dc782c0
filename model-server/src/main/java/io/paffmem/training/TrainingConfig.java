package io.paffmem.training;

/**
 * How the PK is trained; the defaults are the paper's where a trial did not find better (see {@code
 * RATIONALE.md}).
 *
 * @param batch faces a step, at least 2
 * @param learningRate Adam's, for E, G and D_em; the discriminators learn at half of it
 * @param constantShare part of the run at the full rate, in [0, 1]; then it falls linearly to a
 *     tenth
 * @param reconstruction weight of L_rec
 * @param knownEdit weight of the error of edited faces whose truth is known
 * @param emotion weight of L_em
 * @param prior weight of L_prior
 * @param image weight of L_img
 * @param reencoding weight of the re-encoding consistency
 * @param editJitter standard deviation of the noise on the y' that edits aim at
 * @param validationShare part of the people kept from training, in (0, 1)
 * @param seed of all randomness
 */
public record TrainingConfig(
    int batch,
    double learningRate,
    double constantShare,
    double reconstruction,
    double knownEdit,
    double emotion,
    double prior,
    double image,
    double reencoding,
    double editJitter,
    double validationShare,
    long seed) {

  public TrainingConfig {
    if (batch < 2) {
      throw new IllegalArgumentException("batch is " + batch + ", must be at least 2");
    }
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learningRate is " + learningRate + ", must be above 0");
    }
    if (!(constantShare >= 0 && constantShare <= 1)) {
      throw new IllegalArgumentException(
          "constantShare is " + constantShare + ", must be in [0, 1]");
    }
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "validationShare is " + validationShare + ", must be in (0, 1)");
    }
  }

  /** The recipe that trained best. */
  public static TrainingConfig defaults(long seed) {
    return new TrainingConfig(48, 5e-4, 0.6, 1, 1, 0.3, 0.01, 0.01, 0.01, 0.05, 0.15, seed);
  }

  /**
   * The rate at a point of the run.
   *
   * @param progress part of the run that is over, in [0, 1]
   */
  double learningRate(double progress) {
    if (progress <= constantShare) {
      return learningRate;
    }
    double falling = Math.min(1, (progress - constantShare) / (1 - constantShare));
    return learningRate * (1 - 0.9 * falling);
  }
}
