package io.paffmem.prior;

/** Tells people apart by their faces. */
public interface IdentityModel {

  /**
   * Who they are, as directions: the dot product of two faces' rows is their cosine similarity.
   *
   * @param rgb faces x 96 x 96 x 3, 0 to 255, rows from the top
   * @param faces at least 1
   * @return faces x {@link #size()}, each row of length 1
   */
  float[] embed(byte[] rgb, int faces);

  /** Numbers of an embedding. */
  int size();

  /** Stands for the network: embeddings of two networks do not compare. */
  int version();
}
