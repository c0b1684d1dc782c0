package io.paffmem.evaluation.memory;

import java.util.Arrays;
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
 * @param feeds the number, from 0, of the camera or recording that each face is from, n: answers on
 *     each are joined by themselves
 * @param seeds what the PK imagines from some of the first faces, in their order
 */
public record LabelledStream(
    String person,
    List<String> names,
    int latentSize,
    float[] z,
    float[] prior,
    float[] labels,
    long[] millis,
    int[] feeds,
    List<Seed> seeds) {

  /** What one camera saw. */
  public LabelledStream(
      String person,
      List<String> names,
      int latentSize,
      float[] z,
      float[] prior,
      float[] labels,
      long[] millis,
      List<Seed> seeds) {
    this(person, names, latentSize, z, prior, labels, millis, new int[millis.length], seeds);
  }

  /**
   * What a memory is seeded with at one face.
   *
   * @param face its place in the stream, from 0
   */
  public record Seed(int face, SeedPairs pairs) {}

  public LabelledStream {
    names = List.copyOf(names);
    seeds = List.copyOf(seeds);
    int n = millis.length;
    if (names.size() != n
        || z.length != n * latentSize
        || prior.length != 2 * n
        || labels.length != 2 * n
        || feeds.length != n
        || seeds.stream().anyMatch(seed -> seed.face < 0 || seed.face >= n)) {
      throw new IllegalArgumentException(
          "%d faces, but %d names, %d of z, %d of the PK's, %d of labels, %d feeds, %d seeds"
              .formatted(
                  n,
                  names.size(),
                  z.length,
                  prior.length,
                  labels.length,
                  feeds.length,
                  seeds.size()));
    }
  }

  /** Faces. */
  public int size() {
    return millis.length;
  }

  /** The same faces, the first of them without labels. */
  public LabelledStream withoutLabelsBefore(int face) {
    float[] fewer = labels.clone();
    Arrays.fill(fewer, 0, 2 * Math.min(face, size()), Float.NaN);
    return new LabelledStream(person, names, latentSize, z, prior, fewer, millis, feeds, seeds);
  }

  /** The same faces, each of the seeds changed. */
  LabelledStream mapSeeds(UnaryOperator<SeedPairs> change) {
    return withSeeds(
        seeds.stream().map(seed -> new Seed(seed.face, change.apply(seed.pairs))).toList());
  }

  private LabelledStream withSeeds(List<Seed> other) {
    return new LabelledStream(person, names, latentSize, z, prior, labels, millis, feeds, other);
  }
}
