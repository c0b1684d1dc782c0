package io.paffmem.evaluation.search;

import java.util.SplittableRandom;

/** How likely each value of one parameter is among some trials. */
interface Estimator {
  double draw(SplittableRandom random);

  /** Density of a number, or probability of one of countably many values; above 0. */
  double likelihood(double value);

  /** Of the trials' values of a parameter, which may be none. */
  static Estimator of(Parameter parameter, double[] values) {
    if (parameter instanceof Parameter.Choice choice) {
      return new ChoiceEstimator(choice.values().size(), values);
    } else if (parameter instanceof Parameter.Whole whole) {
      return new ParzenEstimator(whole.low(), whole.high(), whole.log(), true, values);
    } else if (parameter instanceof Parameter.Real real) {
      return new ParzenEstimator(real.low(), real.high(), real.log(), false, values);
    }
    throw new IllegalStateException("no estimator for " + parameter);
  }
}
