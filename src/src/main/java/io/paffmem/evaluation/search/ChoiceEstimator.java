package io.paffmem.evaluation.search;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Counts, and one of each beforehand, so that nothing is ever impossible. */
final class ChoiceEstimator implements Estimator {
  private final double[] shares;

  ChoiceEstimator(int choices, double[] values) {
    shares = new double[choices];
    Arrays.fill(shares, 1.0 / (values.length + choices));
    for (double value : values) {
      shares[(int) value] += 1.0 / (values.length + choices);
    }
  }

  @Override
  public double draw(SplittableRandom random) {
    double left = random.nextDouble();
    int choice = 0;
    while (choice < shares.length - 1 && left >= shares[choice]) {
      left -= shares[choice++];
    }
    return choice;
  }

  @Override
  public double likelihood(double value) {
    return shares[(int) value];
  }
}
