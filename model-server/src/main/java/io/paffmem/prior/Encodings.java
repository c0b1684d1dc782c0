package io.paffmem.prior;

import org.jspecify.annotations.Nullable;

/**
 * Embedded faces.
 *
 * @param z faces x latentSize in (-1, 1)
 * @param affect faces x 2 (arousal, valence) in (-1, 1)
 * @param deviation faces x 2: standard deviation of the label around affect, above 0; null where
 *     the PK does not tell how sure it is
 */
public record Encodings(float[] z, float[] affect, float @Nullable [] deviation) {

  /** Faces of which it is not told how sure the PK is. */
  public Encodings(float[] z, float[] affect) {
    this(z, affect, null);
  }
}
