package io.paffmem.topology.person;

/**
 * The n faces that were imagined for one frame, in the order of the layout.
 *
 * @param z [n x latentSize]
 * @param prior what the PK reads from them: arousal, valence [n x 2]
 * @param y what was wished for [n x 2]
 */
public record ImaginedFaces(float[] z, float[] prior, float[] y) {}
