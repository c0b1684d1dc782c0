package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.statistics.Distances;
import java.util.Arrays;

/**
 * The faces that the PK imagined from one face, encoded again: what a memory is seeded with.
 *
 * @param z pairs x latentSize in (-1, 1)
 * @param prior pairs x 2: the arousal and valence that the PK reads from them
 * @param y pairs x 2: their labels, commonly what was wished for; each in [-1, 1]
 */
public record SeedPairs(float[] z, float[] prior, float[] y) {
  /** The same faces, labelled with what the PK reads from them. */
  SeedPairs labelledAsRead() {
    return new SeedPairs(z, prior, prior);
  }

  /**
   * Median squared distance from a face to the nearest of the others, as a memory measures it.
   *
   * @param priorWeight what the PK reads counts that much beside z
   */
  double step(int latentSize, float priorWeight) {
    int pairs = y.length / 2;
    double[] nearest = new double[pairs];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int i = 0; i < pairs; i++) {
      for (int j = 0; j < i; j++) {
        double distance =
            Distances.squared(z, i, z, j, latentSize)
                + priorWeight * priorWeight * Distances.squared(prior, i, prior, j, 2);
        nearest[i] = Math.min(nearest[i], distance);
        nearest[j] = Math.min(nearest[j], distance);
      }
    }
    Arrays.sort(nearest);
    return nearest[pairs / 2];
  }
}
