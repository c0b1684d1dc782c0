package io.paffmem.stage;

import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A PK that can be worked out by hand, with small faces: it looks at a face's first byte only. */
final class FakePrior implements PriorKnowledge {
  static final int LATENT_SIZE = 50;
  static final int IMAGE_SIZE = 4;
  static final int FACE_BYTES = IMAGE_SIZE * IMAGE_SIZE * 3;

  /** Faces for which it gives no finite z, no finite affect, and breaks. */
  static final byte NAN_Z = 101;

  static final byte NAN_AFFECT = 102;
  static final byte BREAKS = 103;

  /** z whose first value makes imagining break, or gives no finite z'. */
  static final float BREAKS_IMAGINING = -0.75f;

  static final float NAN_IMAGINED = -0.5f;

  /** Whether it fails whatever it is asked. */
  volatile boolean broken;

  int facesPerRun = 50;

  /** Is told of each frame that it fails at. */
  volatile Runnable onBroken = () -> {};

  /** Whether it says nothing that is finite, whatever it is asked. */
  volatile boolean speaksNonsense;

  /** Whether it tells how sure it is: a hundredth of the pixel, and twice as much. */
  volatile boolean tellsDeviation;

  /** Faces of each run, in order. */
  final List<Integer> encodeRuns = new ArrayList<>();

  final List<Integer> imagineRuns = new ArrayList<>();

  static float[] zOf(int pixel) {
    float[] z = new float[LATENT_SIZE];
    for (int k = 0; k < LATENT_SIZE; k++) {
      z[k] = pixel / 100f - k / 50f;
    }
    return z;
  }

  static float[] imagined(float[] z, float arousal, float valence) {
    float[] imagined = z.clone();
    imagined[0] = arousal;
    imagined[1] = valence;
    return imagined;
  }

  @Override
  public String modelVersion() {
    return "fake-1";
  }

  @Override
  public int latentSize() {
    return LATENT_SIZE;
  }

  @Override
  public int facesPerRun() {
    return facesPerRun;
  }

  @Override
  public int imageSize() {
    return IMAGE_SIZE;
  }

  @Override
  public Encodings encode(byte[] pixels, int faces) {
    if (broken) {
      onBroken.run();
      throw new IllegalStateException("The device is gone");
    }
    encodeRuns.add(faces);
    float[] z = new float[faces * LATENT_SIZE];
    float[] affect = new float[faces * 2];
    for (int i = 0; i < faces; i++) {
      byte pixel = pixels[i * FACE_BYTES];
      if (pixel == BREAKS) {
        throw new IllegalStateException("This face breaks the PK");
      }
      System.arraycopy(zOf(pixel), 0, z, i * LATENT_SIZE, LATENT_SIZE);
      affect[2 * i] = pixel / 100f;
      affect[2 * i + 1] = -pixel / 100f;
      if (pixel == NAN_Z || speaksNonsense) {
        z[i * LATENT_SIZE + LATENT_SIZE - 1] = Float.NaN;
      }
      if (pixel == NAN_AFFECT) {
        affect[2 * i + 1] = Float.POSITIVE_INFINITY;
      }
    }
    if (!tellsDeviation) {
      return new Encodings(z, affect);
    }
    float[] deviation = new float[faces * 2];
    for (int i = 0; i < faces; i++) {
      deviation[2 * i] = pixels[i * FACE_BYTES] / 100f;
      deviation[2 * i + 1] = pixels[i * FACE_BYTES] / 50f;
    }
    return new Encodings(z, affect, deviation);
  }

  @Override
  public Encodings generateAndEncode(float[] z, float[] y, int faces) {
    if (z.length != faces * LATENT_SIZE || y.length != faces * 2) {
      throw new IllegalArgumentException(
          faces + " faces, " + z.length + " of z, " + y.length + " of y");
    }
    if (broken) {
      throw new IllegalStateException("The device is gone");
    }
    if (z[0] == BREAKS_IMAGINING) {
      throw new IllegalStateException("This z breaks the PK");
    }
    imagineRuns.add(faces);
    float[] imagined = new float[z.length];
    for (int i = 0; i < faces; i++) {
      float[] row = Arrays.copyOfRange(z, i * LATENT_SIZE, (i + 1) * LATENT_SIZE);
      System.arraycopy(
          imagined(row, y[2 * i], y[2 * i + 1]), 0, imagined, i * LATENT_SIZE, LATENT_SIZE);
    }
    for (int i = 0; i < faces; i++) {
      if (z[i * LATENT_SIZE] == NAN_IMAGINED || speaksNonsense) {
        imagined[(i + 1) * LATENT_SIZE - 1] = Float.NaN;
      }
    }
    float[] affect = new float[2 * faces];
    for (int i = 0; i < faces; i++) {
      System.arraycopy(
          readFrom(Arrays.copyOfRange(imagined, i * LATENT_SIZE, (i + 1) * LATENT_SIZE)),
          0,
          affect,
          2 * i,
          2);
    }
    return new Encodings(imagined, affect);
  }

  /** What this PK reads from an imagined z. */
  static float[] readFrom(float[] z) {
    return new float[] {z[0] / 2, -z[0] / 2};
  }

  @Override
  public byte[] generate(float[] z, float[] y, int faces) {
    return new byte[faces * FACE_BYTES];
  }

  @Override
  public void close() {}
}
