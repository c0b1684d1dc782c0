package io.paffmem.training.config;

import io.paffmem.training.faces.Batch;

/**
 * How the PK is trained; where the defaults are not the paper's, {@code RATIONALE.md} says why.
 *
 * @param batch faces a step, a multiple of 4
 * @param generated how many of them G sees too, a multiple of 4 or none: E learns from more faces
 *     than G, which costs most
 * @param encoderFixed whether E and D_em stay as they are and only G learns
 * @param learningRate Adam's, for E, G and D_em; the discriminators learn at half of it
 * @param constantShare part of the run at the full rate, in [0, 1]; then it falls linearly to a
 *     twentieth
 * @param weights of the losses
 * @param codeNoise standard deviation of the noise on generated faces before E reads them, at least
 *     0; it drowns patterns by which E and G could agree unseen
 * @param editJitter standard deviation of the noise on the y' that edits aim at
 * @param dropout part of what E's last convolution sees that is hidden from D_em in a step, in [0,
 *     1); z itself is made of all of it
 * @param averaging how much of the averaged weights, which are those that ship, a step keeps, in
 *     [0, 1)
 * @param validationShare part of the people kept from training, in (0, 1)
 * @param calibrationShare part of the others whom E does not learn from either, in [0, 1): by them
 *     the PK learns how sure it is
 * @param seed of all randomness
 */
public record TrainingConfig(
    int batch,
    int generated,
    boolean encoderFixed,
    double learningRate,
    double constantShare,
    LossWeights weights,
    double codeNoise,
    double editJitter,
    double dropout,
    double averaging,
    double validationShare,
    double calibrationShare,
    long seed) {

  public TrainingConfig {
    if (batch < Batch.GROUP || batch % Batch.GROUP != 0) {
      throw new IllegalArgumentException(
          "batch is " + batch + ", must be a multiple of " + Batch.GROUP);
    }
    if (generated < 0 || generated % Batch.GROUP != 0 || generated > batch) {
      throw new IllegalArgumentException(
          "generated is "
              + generated
              + ", must be a multiple of "
              + Batch.GROUP
              + ", at most the batch of "
              + batch);
    }
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learningRate is " + learningRate + ", must be above 0");
    }
    if (!(constantShare >= 0 && constantShare <= 1)) {
      throw new IllegalArgumentException(
          "constantShare is " + constantShare + ", must be in [0, 1]");
    }
    if (!(codeNoise >= 0) || !(editJitter >= 0)) {
      throw new IllegalArgumentException(
          "codeNoise is " + codeNoise + " and editJitter " + editJitter + ", must be at least 0");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout is " + dropout + ", must be in [0, 1)");
    }
    if (!(calibrationShare >= 0 && calibrationShare < 1)) {
      throw new IllegalArgumentException(
          "calibrationShare is " + calibrationShare + ", must be in [0, 1)");
    }
    if (!(averaging >= 0 && averaging < 1)) {
      throw new IllegalArgumentException("averaging is " + averaging + ", must be in [0, 1)");
    }
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "validationShare is " + validationShare + ", must be in (0, 1)");
    }
  }

  /** The recipe that trained best. */
  public static TrainingConfig standard(long seed) {
    return new TrainingConfig(
        96, 36, false, 5e-4, 0.5, LossWeights.standard(), 0.1, 0.05, 0.25, 0.999, 0.15, 0.06, seed);
  }

  /** The same for E and D_em alone: G sees no face, and no loss that it makes counts. */
  public TrainingConfig encoderAlone() {
    return resized(batch, 0, false).with(weights.encoderAlone());
  }

  /** The same for G alone, beside an E that stays as it is: every face of a batch is G's. */
  public TrainingConfig generatorAlone() {
    int faces = generated + Batch.GROUP * 3;
    return resized(faces, faces, true).with(weights.generatorAlone());
  }

  /**
   * The same with batches of another size.
   *
   * @param faces a multiple of 4
   * @param ofGenerator how many of them G sees, a multiple of 4, at most all
   */
  public TrainingConfig ofBatches(int faces, int ofGenerator) {
    return resized(faces, ofGenerator, encoderFixed);
  }

  private TrainingConfig resized(int faces, int ofGenerator, boolean fixed) {
    return new TrainingConfig(
        faces,
        ofGenerator,
        fixed,
        learningRate,
        constantShare,
        weights,
        codeNoise,
        editJitter,
        dropout,
        averaging,
        validationShare,
        calibrationShare,
        seed);
  }

  /** The same with other losses. */
  public TrainingConfig with(LossWeights other) {
    return new TrainingConfig(
        batch,
        generated,
        encoderFixed,
        learningRate,
        constantShare,
        other,
        codeNoise,
        editJitter,
        dropout,
        averaging,
        validationShare,
        calibrationShare,
        seed);
  }

  /**
   * The rate at a point of the run.
   *
   * @param progress part of the run that is over, in [0, 1]
   */
  public double learningRate(double progress) {
    if (progress <= constantShare) {
      return learningRate;
    }
    double falling = Math.min(1, (progress - constantShare) / (1 - constantShare));
    return learningRate * (1 - 0.95 * falling);
  }
}
