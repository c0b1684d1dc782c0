package io.paffmem.evaluation.prior;

import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import java.util.ArrayList;
import java.util.List;

/**
 * A PK that can be worked out by hand: z is the first three bytes of a face of 2 x 2 pixels, over
 * 100, affect is the last two of these. Imagining replaces the last two by the wish, times a gain.
 */
class PlainPrior implements PriorKnowledge {
  static final int SIDE = 2;
  static final int BYTES = SIDE * SIDE * 3;

  final List<Integer> runs = new ArrayList<>();
  private final float gain;

  PlainPrior(float gain) {
    this.gain = gain;
  }

  static byte[] face(int... bytes) {
    byte[] face = new byte[BYTES];
    for (int i = 0; i < bytes.length; i++) {
      face[i] = (byte) bytes[i];
    }
    return face;
  }

  @Override
  public String modelVersion() {
    return "plain-1";
  }

  @Override
  public int latentSize() {
    return 3;
  }

  @Override
  public int imageSize() {
    return SIDE;
  }

  @Override
  public Encodings encode(byte[] pixels, int faces) {
    runs.add(faces);
    float[] z = new float[faces * 3];
    for (int i = 0; i < faces; i++) {
      for (int k = 0; k < 3; k++) {
        z[3 * i + k] = pixels[i * BYTES + k] / 100f;
      }
    }
    return new Encodings(z, read(z));
  }

  /** The second and the third number of each z. */
  private static float[] read(float[] z) {
    float[] affect = new float[z.length / 3 * 2];
    for (int i = 0; i < z.length / 3; i++) {
      affect[2 * i] = z[3 * i + 1];
      affect[2 * i + 1] = z[3 * i + 2];
    }
    return affect;
  }

  @Override
  public byte[] generate(float[] z, float[] affect, int faces) {
    byte[] rgb = new byte[faces * BYTES];
    for (int i = 0; i < faces; i++) {
      rgb[i * BYTES] = (byte) Math.round(100 * z[3 * i]);
      rgb[i * BYTES + 1] = (byte) Math.round(100 * gain * affect[2 * i]);
      rgb[i * BYTES + 2] = (byte) Math.round(100 * gain * affect[2 * i + 1]);
    }
    return rgb;
  }

  @Override
  public Encodings generateAndEncode(float[] z, float[] affect, int faces) {
    runs.add(faces);
    float[] again = z.clone();
    for (int i = 0; i < faces; i++) {
      again[3 * i + 1] = gain * affect[2 * i];
      again[3 * i + 2] = gain * affect[2 * i + 1];
    }
    return new Encodings(again, read(again));
  }

  @Override
  public void close() {}
}
