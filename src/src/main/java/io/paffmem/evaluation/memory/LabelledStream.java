package io.paffmem.evaluation.memory;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What one person showed over time, as the PK sees it.
 *
 * @param person who
 * @param names of the expressions, n
 * @param latentSize dimensions of z
 * @param z n x latentSize in (-1, 1)
 * @param prior n x 2: the PK's own arousal and valence
 * @param labels n x 2: the true ones, in [-1, 1]
 * @param millis when each face was seen, n
 * @param seeds of each of the first faces, what the PK imagines from it
 */
public record LabelledStream(
    String person,
    List<String> names,
    int latentSize,
    float[] z,
    float[] prior,
    float[] labels,
    long[] millis,
    List<SeedPairs> seeds) {

  public LabelledStream {
    names = List.copyOf(names);
    seeds = List.copyOf(seeds);
    int n = millis.length;
    if (names.size() != n
        || z.length != n * latentSize
        || prior.length != 2 * n
        || labels.length != 2 * n
        || seeds.size() > n) {
      throw new IllegalArgumentException(
          "%d faces, but %d names, %d of z, %d of the PK's, %d of labels, %d seeds"
              .formatted(n, names.size(), z.length, prior.length, labels.length, seeds.size()));
    }
  }

  /** Faces. */
  public int size() {
    return millis.length;
  }

  /** The same faces, the memory seeded on no more than the first so many. */
  LabelledStream seededOn(int frames) {
    return withSeeds(seeds.subList(0, Math.min(frames, seeds.size())));
  }

  /** The same faces, each of the seeds changed. */
  LabelledStream mapSeeds(UnaryOperator<SeedPairs> change) {
    return withSeeds(seeds.stream().map(change).toList());
  }

  private LabelledStream withSeeds(List<SeedPairs> other) {
    return new LabelledStream(person, names, latentSize, z, prior, labels, millis, other);
  }
}
