package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.statistics.Distances;
import io.paffmem.prior.PriorKnowledge;
import java.util.OptionalDouble;

/**
 * How far z moves where the face stays the same: median squared distances. Each is worth something
 * only beside {@link Geometry#sameLabelDistance()}.
 */
public final class Disturbances {
  /** Enough for a median; more would cost time and change the third digit. */
  static final int MOST_FACES = 2000;

  private Disturbances() {}

  /**
   * From E(x) to E(G(E(x), y)), y the face's own label: what imagining alone does. Of at most 2,000
   * faces, evenly spread over the rows.
   */
  public static OptionalDouble reencoding(PriorKnowledge prior, EmbeddedFaces faces) {
    int dimensions = faces.latentSize();
    int[] sample = sample(faces.rows().size());
    Distances distances = new Distances();
    for (int from = 0; from < sample.length; from += EmbeddedFaces.BATCH) {
      int count = Math.min(EmbeddedFaces.BATCH, sample.length - from);
      float[] z = new float[count * dimensions];
      float[] label = new float[count * 2];
      for (int i = 0; i < count; i++) {
        int row = sample[from + i];
        System.arraycopy(faces.z(), row * dimensions, z, i * dimensions, dimensions);
        label[2 * i] = faces.rows().get(row).arousal();
        label[2 * i + 1] = faces.rows().get(row).valence();
      }
      float[] again = prior.generateAndEncode(z, label, count).z();
      for (int i = 0; i < count; i++) {
        distances.add(Distances.squared(z, i, again, i, dimensions));
      }
    }
    return median(distances);
  }

  /**
   * From a face to itself one pixel to the right, and to itself one pixel down; the edge that comes
   * free repeats its neighbour. Of at most 2,000 faces, evenly spread.
   */
  public static OptionalDouble pixelShift(PriorKnowledge prior, LabelledFaces faces) {
    int side = prior.imageSize();
    int bytes = EmbeddedFaces.bytes(prior);
    int dimensions = prior.latentSize();
    Distances distances = new Distances();
    int inBatch = EmbeddedFaces.BATCH / 3;
    byte[] rgb = new byte[3 * inBatch * bytes];
    int[] sample = sample(faces.size());
    int filled = 0;
    for (int at = 0; at < sample.length; at++) {
      int offset = 3 * filled * bytes;
      if (faces.read(sample[at], rgb, offset)) {
        shift(rgb, offset, offset + bytes, side, 1, 0);
        shift(rgb, offset, offset + 2 * bytes, side, 0, 1);
        filled++;
      }
      if (filled == inBatch || (at == sample.length - 1 && filled > 0)) {
        float[] z = prior.encode(rgb, 3 * filled).z();
        for (int i = 0; i < filled; i++) {
          distances.add(Distances.squared(z, 3 * i, z, 3 * i + 1, dimensions));
          distances.add(Distances.squared(z, 3 * i, z, 3 * i + 2, dimensions));
        }
        filled = 0;
      }
    }
    return median(distances);
  }

  /** Copies the face at {@code from} to {@code to}, moved right and down by so many pixels. */
  static void shift(byte[] rgb, int from, int to, int side, int right, int down) {
    for (int row = 0; row < side; row++) {
      int sourceRow = Math.max(0, row - down);
      for (int column = 0; column < side; column++) {
        int source = from + 3 * (sourceRow * side + Math.max(0, column - right));
        System.arraycopy(rgb, source, rgb, to + 3 * (row * side + column), 3);
      }
    }
  }

  /** Indexes evenly spread over {@code [0, size)}. */
  private static int[] sample(int size) {
    int count = Math.min(size, MOST_FACES);
    int[] sample = new int[count];
    for (int i = 0; i < count; i++) {
      sample[i] = (int) ((long) i * size / count);
    }
    return sample;
  }

  static OptionalDouble median(Distances distances) {
    return distances.size() == 0 ? OptionalDouble.empty() : OptionalDouble.of(distances.median());
  }
}
