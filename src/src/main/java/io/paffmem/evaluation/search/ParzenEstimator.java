package io.paffmem.evaluation.search;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;

/**
 * A mixture of normal kernels, cut off at the ends of the range: one at each trial's value, as wide
 * as the farther of its two neighbours is away, and a wide one in the middle that stands for what
 * is not known yet.
 */
final class ParzenEstimator implements Estimator {
  /** The narrowest kernel is this part of the range, or wider if there are few. */
  private static final int MOST_KERNELS_SIDE_BY_SIDE = 100;

  private final double least;
  private final double most;
  private final boolean log;

  /** Each whole number stands for the half below and the half above it. */
  private final boolean whole;

  private final TruncatedNormalDistribution[] kernels;

  /**
   * An estimator.
   *
   * @param whole whether values are whole numbers
   * @param values from {@code least} to {@code most}
   */
  ParzenEstimator(double least, double most, boolean log, boolean whole, double[] values) {
    this.least = least;
    this.most = most;
    this.log = log;
    this.whole = whole;
    double low = scaled(whole ? least - 0.5 : least);
    double high = scaled(whole ? most + 0.5 : most);
    double range = high - low;
    double middle = low + range / 2;
    double[] centres =
        DoubleStream.concat(Arrays.stream(values).map(this::scaled), DoubleStream.of(middle))
            .sorted()
            .toArray();
    int n = centres.length;
    int wide = Arrays.binarySearch(centres, middle);
    double narrowest = range / Math.min(MOST_KERNELS_SIDE_BY_SIDE, n);
    kernels = new TruncatedNormalDistribution[n];
    for (int i = 0; i < n; i++) {
      double before = i == 0 ? 0 : centres[i] - centres[i - 1];
      double after = i == n - 1 ? 0 : centres[i + 1] - centres[i];
      double width = i == wide ? range : Math.max(narrowest, Math.max(before, after));
      kernels[i] = TruncatedNormalDistribution.of(centres[i], width, low, high);
    }
  }

  @Override
  public double draw(SplittableRandom random) {
    TruncatedNormalDistribution kernel = kernels[random.nextInt(kernels.length)];
    double drawn = kernel.inverseCumulativeProbability(random.nextDouble());
    double value = log ? Math.exp(drawn) : drawn;
    // Rounding, of exp(log(x)) too, may lead beyond the ends.
    return Math.max(least, Math.min(most, whole ? Math.rint(value) : value));
  }

  @Override
  public double likelihood(double value) {
    double sum = 0;
    for (TruncatedNormalDistribution kernel : kernels) {
      sum +=
          whole
              ? kernel.probability(scaled(value - 0.5), scaled(value + 0.5))
              : kernel.density(scaled(value));
    }
    return sum / kernels.length;
  }

  private double scaled(double value) {
    return log ? Math.log(value) : value;
  }
}
