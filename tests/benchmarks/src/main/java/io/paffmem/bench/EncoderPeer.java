package io.paffmem.bench;

import io.paffmem.prior.Weights;
import java.util.Map;

/** Another runtime that computes the same PK. */
public interface EncoderPeer {

  /** Name and version. */
  String name();

  /** Makes the PK of its trained numbers. */
  Model load(Map<String, Weights> weights);

  /** A PK, loaded; as {@link io.paffmem.prior.PriorKnowledge}. */
  interface Model extends AutoCloseable {

    /** z, faces x latentSize, of faces x 96 x 96 x 3 RGB bytes. */
    float[] encode(byte[] pixels, int faces);

    /** z', faces x latentSize, of the faces imagined from z and affect. */
    float[] generateAndEncode(float[] z, float[] affect, int faces);

    @Override
    void close();
  }
}
