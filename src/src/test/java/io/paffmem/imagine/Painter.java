package io.paffmem.imagine;

import io.paffmem.prior.Activations;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import java.util.Arrays;

/** Plain faces: the more aroused the redder, the more pleased the bluer, as green as z. */
public class Painter implements PriorKnowledge {
  public static final int SIDE = 16;

  @Override
  public String modelVersion() {
    return "painter-1";
  }

  @Override
  public int latentSize() {
    return 1;
  }

  @Override
  public int imageSize() {
    return SIDE;
  }

  @Override
  public Encodings encode(byte[] pixels, int faces) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] generate(float[] z, float[] affect, int faces) {
    byte[] rgb = new byte[faces * SIDE * SIDE * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      int face = i / (SIDE * SIDE * 3);
      rgb[i] = level(affect[2 * face]);
      rgb[i + 1] = level(z[face]);
      rgb[i + 2] = level(affect[2 * face + 1]);
    }
    return rgb;
  }

  private static byte level(float value) {
    return (byte) (128 + Math.round(100 * value));
  }

  @Override
  public Encodings generateAndEncode(float[] z, float[] affect, int faces) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Activations activations(byte[] pixels, int faces) {
    float[] means = new float[faces * 4];
    Arrays.fill(means, 4 * (faces - 1), 4 * faces, 1); // of the last face alone
    return new Activations(means, 2);
  }

  @Override
  public void close() {}
}
