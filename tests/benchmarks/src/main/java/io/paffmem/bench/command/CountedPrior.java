package io.paffmem.bench.command;

import io.paffmem.prior.Activations;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.schemas.FloatVectors;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A PK of which is known how many faces it imagined from each z. */
final class CountedPrior implements PriorKnowledge {
  private final PriorKnowledge prior;
  private final Map<ByteBuffer, Integer> imagined = new ConcurrentHashMap<>();

  /**
   * The same PK, counted.
   *
   * @param prior closed with this
   */
  CountedPrior(PriorKnowledge prior) {
    this.prior = prior;
  }

  /**
   * How many faces were imagined and encoded again.
   *
   * @param z packed as in a seed request
   */
  int imagined(ByteBuffer z) {
    return imagined.getOrDefault(z, 0);
  }

  @Override
  public Encodings generateAndEncode(float[] z, float[] affect, int faces) {
    int width = latentSize();
    for (int face = 0; face < faces; face++) {
      imagined.merge(FloatVectors.pack(z, face * width, width), 1, Integer::sum);
    }
    return prior.generateAndEncode(z, affect, faces);
  }

  @Override
  public String modelVersion() {
    return prior.modelVersion();
  }

  @Override
  public int latentSize() {
    return prior.latentSize();
  }

  @Override
  public int imageSize() {
    return prior.imageSize();
  }

  @Override
  public int facesPerRun() {
    return prior.facesPerRun();
  }

  @Override
  public Encodings encode(byte[] pixels, int faces) {
    return prior.encode(pixels, faces);
  }

  @Override
  public byte[] generate(float[] z, float[] affect, int faces) {
    return prior.generate(z, affect, faces);
  }

  @Override
  public Activations activations(byte[] pixels, int faces) {
    return prior.activations(pixels, faces);
  }

  @Override
  public void close() {
    prior.close();
  }
}
