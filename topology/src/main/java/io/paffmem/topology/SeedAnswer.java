package io.paffmem.topology;

import org.jspecify.annotations.Nullable;

/** One checked answer to a seed request. */
final class SeedAnswer {
  final FrameKey frame;
  final String modelVersion;
  final int generation;

  /** The pairs, or null where there will be none. */
  final @Nullable SeedPairs pairs;

  SeedAnswer(FrameKey frame, String modelVersion, int generation, @Nullable SeedPairs pairs) {
    this.frame = frame;
    this.modelVersion = modelVersion;
    this.generation = generation;
    this.pairs = pairs;
  }

  /**
   * Imagined faces in the order of the layout: z [n x latentSize], what the PK reads from them [n x
   * 2], and what was wished for, y [n x 2].
   */
  static final class SeedPairs {
    final float[] z;
    final float[] prior;
    final float[] y;

    SeedPairs(float[] z, float[] prior, float[] y) {
      this.z = z;
      this.prior = prior;
      this.y = y;
    }
  }
}
