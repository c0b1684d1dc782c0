package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Faces as the PK sees them.
 *
 * @param rows who and what, n
 * @param latentSize dimensions of z
 * @param z n x latentSize in (-1, 1)
 * @param affect n x 2: the PK's own arousal and valence, in (-1, 1)
 * @param deviation n x 2: how far they may be from the label, standard deviations above 0; null
 *     where the PK does not tell
 * @param unreadable faces that could not be read and are not among the rows
 */
public record EmbeddedFaces(
    List<Row> rows,
    int latentSize,
    float[] z,
    float[] affect,
    float @Nullable [] deviation,
    int unreadable) {

  /** Faces in one run of the PK: the device is busy from 32 on. */
  static final int BATCH = 64;

  public EmbeddedFaces {
    rows = List.copyOf(rows);
    if (z.length != rows.size() * latentSize || affect.length != rows.size() * 2) {
      throw new IllegalArgumentException(
          rows.size() + " rows, but " + z.length + " of z and " + affect.length + " of affect");
    }
  }

  /** Faces of a PK that does not tell how sure it is. */
  public EmbeddedFaces(List<Row> rows, int latentSize, float[] z, float[] affect, int unreadable) {
    this(rows, latentSize, z, affect, null, unreadable);
  }

  /**
   * Reads and embeds all faces.
   *
   * @param progress is told after each batch how many faces are done
   */
  public static EmbeddedFaces of(PriorKnowledge prior, LabelledFaces faces, IntConsumer progress) {
    int latentSize = prior.latentSize();
    int bytes = bytes(prior);
    List<Row> rows = new ArrayList<>(faces.size());
    float[] z = new float[faces.size() * latentSize];
    float[] affect = new float[faces.size() * 2];
    float[] deviation = new float[faces.size() * 2];
    boolean tellsDeviation = true;
    byte[] rgb = new byte[BATCH * bytes];
    boolean[] readable = new boolean[BATCH];
    for (int from = 0; from < faces.size(); from += BATCH) {
      int first = from;
      int count = Math.min(BATCH, faces.size() - from);
      // Decoding costs about as much as embedding.
      IntStream.range(0, count)
          .parallel()
          .forEach(i -> readable[i] = faces.read(first + i, rgb, i * bytes));
      int kept = 0;
      int before = rows.size();
      for (int i = 0; i < count; i++) {
        if (readable[i]) {
          System.arraycopy(rgb, i * bytes, rgb, kept * bytes, bytes);
          rows.add(faces.row(from + i));
          kept++;
        }
      }
      if (kept > 0) {
        Encodings encodings = prior.encode(rgb, kept);
        System.arraycopy(encodings.z(), 0, z, before * latentSize, kept * latentSize);
        System.arraycopy(encodings.affect(), 0, affect, before * 2, kept * 2);
        float[] told = encodings.deviation();
        if (told == null) {
          tellsDeviation = false;
        } else {
          System.arraycopy(told, 0, deviation, before * 2, kept * 2);
        }
      }
      progress.accept(from + count);
    }
    int n = rows.size();
    return new EmbeddedFaces(
        rows,
        latentSize,
        Arrays.copyOf(z, n * latentSize),
        Arrays.copyOf(affect, n * 2),
        tellsDeviation ? Arrays.copyOf(deviation, n * 2) : null,
        faces.size() - n);
  }

  /** Some of the faces, any of them as often as it is named. */
  public EmbeddedFaces select(int[] chosen) {
    List<Row> some = new ArrayList<>(chosen.length);
    float[] someZ = new float[chosen.length * latentSize];
    float[] someAffect = new float[chosen.length * 2];
    float[] someDeviation = deviation == null ? null : new float[chosen.length * 2];
    for (int i = 0; i < chosen.length; i++) {
      some.add(rows.get(chosen[i]));
      System.arraycopy(z, chosen[i] * latentSize, someZ, i * latentSize, latentSize);
      System.arraycopy(affect, 2 * chosen[i], someAffect, 2 * i, 2);
      if (deviation != null && someDeviation != null) {
        System.arraycopy(deviation, 2 * chosen[i], someDeviation, 2 * i, 2);
      }
    }
    return new EmbeddedFaces(some, latentSize, someZ, someAffect, someDeviation, unreadable);
  }

  /** Bytes of one face. */
  static int bytes(PriorKnowledge prior) {
    return prior.imageSize() * prior.imageSize() * 3;
  }
}
