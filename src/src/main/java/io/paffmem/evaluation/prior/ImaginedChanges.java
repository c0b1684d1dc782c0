package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.statistics.Bootstrap;
import io.paffmem.prior.PriorKnowledge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an imagined expression moves z as the true one would. With x0 a face, y' an expression
 * and x' the true face of that person with it, in the same pose and light: the cosine between the
 * imagined change E(G(E(x0), y')) - E(x0) and the true change E(x') - E(x0). A true change of
 * length 0 has no direction and is left out.
 */
public final class ImaginedChanges {
  /**
   * Mean cosines.
   *
   * @param faces x0 that were taken
   * @param cosine over all faces and all y'
   * @param cornerCosine over all faces, y' at the corners of the square
   * @param minimumCosine the smallest cell's
   * @param cells by y'
   */
  public record Cosines(
      int faces,
      @Nullable Double cosine,
      @Nullable Double cornerCosine,
      @Nullable Double minimumCosine,
      List<Cell> cells) {}

  /** The mean cosine at one y'. */
  public record Cell(float arousal, float valence, @Nullable Double cosine) {}

  private final PriorKnowledge prior;
  private final float[] wished;
  private final double[] sums;
  private final int[] counts;
  private int faces;

  /**
   * @param wished the y': m x 2 (arousal, valence) in [-1, 1]
   */
  public ImaginedChanges(PriorKnowledge prior, float[] wished) {
    this.prior = prior;
    this.wished = wished.clone();
    this.sums = new double[wished.length / 2];
    this.counts = new int[wished.length / 2];
  }

  /**
   * Takes one face.
   *
   * @param pictures x0, then the true faces at each y' in their order; each 96 x 96 x 3 RGB bytes
   */
  public void add(byte[] pictures) {
    int cells = sums.length;
    int dimensions = prior.latentSize();
    float[] z = prior.encode(pictures, cells + 1).z();
    float[] repeated = new float[cells * dimensions];
    for (int cell = 0; cell < cells; cell++) {
      System.arraycopy(z, 0, repeated, cell * dimensions, dimensions);
    }
    float[] imagined = prior.generateAndEncode(repeated, wished, cells).z();
    for (int cell = 0; cell < cells; cell++) {
      double product = 0;
      double trueSquares = 0;
      double imaginedSquares = 0;
      for (int k = 0; k < dimensions; k++) {
        double change = z[(cell + 1) * dimensions + k] - z[k];
        double imaginedChange = imagined[cell * dimensions + k] - z[k];
        product += change * imaginedChange;
        trueSquares += change * change;
        imaginedSquares += imaginedChange * imaginedChange;
      }
      if (trueSquares > 0) {
        // Imagining no change at all is not the change that was wished: 0.
        sums[cell] += imaginedSquares > 0 ? product / Math.sqrt(trueSquares * imaginedSquares) : 0;
        counts[cell]++;
      }
    }
    faces++;
  }

  /** What is known so far. */
  public Cosines cosines() {
    double sum = 0;
    int count = 0;
    double cornerSum = 0;
    int cornerCount = 0;
    double minimum = Double.NaN;
    List<Cell> cells = new ArrayList<>();
    for (int cell = 0; cell < sums.length; cell++) {
      float arousal = wished[2 * cell];
      float valence = wished[2 * cell + 1];
      double mean = sums[cell] / counts[cell];
      cells.add(new Cell(arousal, valence, Bootstrap.orNull(mean)));
      sum += sums[cell];
      count += counts[cell];
      if (Math.abs(arousal) == 1 && Math.abs(valence) == 1) {
        cornerSum += sums[cell];
        cornerCount += counts[cell];
      }
      if (Double.isNaN(minimum) || mean < minimum) {
        minimum = mean;
      }
    }
    return new Cosines(
        faces,
        Bootstrap.orNull(sum / count),
        Bootstrap.orNull(cornerSum / cornerCount),
        Bootstrap.orNull(minimum),
        cells);
  }
}
