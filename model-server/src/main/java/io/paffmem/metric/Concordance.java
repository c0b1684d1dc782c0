package io.paffmem.metric;

import java.util.OptionalDouble;

/**
 * Lin's concordance correlation coefficient of predictions and truths, as they come: {@code 2 cov /
 * (var_x + var_y + (mean_x - mean_y)^2)} with population variances.
 */
public final class Concordance {
  private long rows;
  private double weights;
  private double meanX;
  private double meanY;
  private double squaresX;
  private double squaresY;
  private double products;

  /** Adds one prediction and its truth. */
  public void add(double prediction, double truth) {
    add(prediction, truth, 1);
  }

  /**
   * Adds one prediction and its truth, counted as so many.
   *
   * @param weight above 0
   */
  public void add(double prediction, double truth, double weight) {
    rows++;
    weights += weight;
    double dx = prediction - meanX;
    double dy = truth - meanY;
    meanX += dx * weight / weights;
    meanY += dy * weight / weights;
    squaresX += weight * dx * (prediction - meanX);
    squaresY += weight * dy * (truth - meanY);
    products += weight * dx * (truth - meanY);
  }

  /** Rows added. */
  public long rows() {
    return rows;
  }

  /** CCC in [-1, 1]; empty where a series is constant or there is none: it has no correlation. */
  public OptionalDouble ccc() {
    if (rows == 0 || squaresX == 0 || squaresY == 0) {
      return OptionalDouble.empty();
    }
    double shift = meanX - meanY;
    return OptionalDouble.of(2 * products / (squaresX + squaresY + weights * shift * shift));
  }

  /** Pearson's correlation in [-1, 1]; empty as {@link #ccc()} is. */
  public OptionalDouble correlation() {
    if (rows == 0 || squaresX == 0 || squaresY == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(products / Math.sqrt(squaresX * squaresY));
  }
}
