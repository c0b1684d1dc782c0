package io.paffmem.prior;

/** The PK, loaded. Thread-safe: one is shared by all who embed and imagine. */
public interface PriorKnowledge extends AutoCloseable {

  /**
   * Name and hash of networks and weights, e.g. {@code pk-quarter-1-1a2b3c4d}; stamped on every
   * embedding.
   */
  String modelVersion();

  /** Dimensions of z. */
  int latentSize();

  /** Side of the square face, pixels. */
  int imageSize();

  /**
   * How many faces it computes in one call as fast as in any: enough for the device to be busy.
   * More take longer in proportion.
   */
  default int facesPerRun() {
    return 50;
  }

  /**
   * Embeds faces: z = E(x) and affect = D_em(z).
   *
   * @param pixels faces x size x size x 3, RGB, 0 to 255; may be longer than that
   * @param faces at least 1
   */
  Encodings encode(byte[] pixels, int faces);

  /**
   * Imagines faces: G(z, y).
   *
   * @param z faces x latentSize in [-1, 1]
   * @param affect faces x 2 (arousal, valence) in [-1, 1]
   * @return faces x size x size x 3, RGB, 0 to 255
   */
  byte[] generate(float[] z, float[] affect, int faces);

  /**
   * Imagines faces and embeds them: z' = E(G(z, y)) and D_em(z').
   *
   * @param z faces x latentSize in [-1, 1]
   * @param affect faces x 2 (arousal, valence) in [-1, 1]
   */
  Encodings generateAndEncode(float[] z, float[] affect, int faces);

  /**
   * Where the encoder looks.
   *
   * @param pixels faces x size x size x 3, RGB, 0 to 255; may be longer than that
   * @param faces at least 1
   * @throws ModelException if this PK cannot say
   */
  default Activations activations(byte[] pixels, int faces) {
    throw new ModelException("the PK " + modelVersion() + " does not tell its activations");
  }

  @Override
  void close();
}
