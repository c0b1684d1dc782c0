package io.paffmem.training;

/**
 * The unweighted losses of one step: means over the batch.
 *
 * @param reconstruction mean absolute error of a channel value in [-1, 1]
 * @param edit the same of edited faces whose truth is known; the others count as 0
 * @param emotion squared error, arousal and valence added
 * @param prior how well D_prior tells z from the prior, as E sees it
 * @param image how well D_real tells edited faces, as G sees it
 * @param reencoding squared error of the affect that is read back from edited faces
 * @param priorDiscriminator D_prior's own
 * @param realDiscriminator D_real's own
 */
public record Losses(
    float reconstruction,
    float edit,
    float emotion,
    float prior,
    float image,
    float reencoding,
    float priorDiscriminator,
    float realDiscriminator) {

  /** Whether training may go on. */
  public boolean isFinite() {
    return Float.isFinite(
        reconstruction
            + edit
            + emotion
            + prior
            + image
            + reencoding
            + priorDiscriminator
            + realDiscriminator);
  }
}
