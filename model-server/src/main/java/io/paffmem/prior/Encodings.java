package io.paffmem.prior;

/**
 * Embedded faces.
 *
 * @param z faces x latentSize in (-1, 1)
 * @param affect faces x 2 (arousal, valence) in (-1, 1)
 */
public record Encodings(float[] z, float[] affect) {}
