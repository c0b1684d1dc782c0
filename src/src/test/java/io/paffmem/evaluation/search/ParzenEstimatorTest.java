package io.paffmem.evaluation.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.search.Parameter.Choice;
import io.paffmem.evaluation.search.Parameter.Real;
import io.paffmem.evaluation.search.Parameter.Whole;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParzenEstimatorTest {
  private static final double[] NONE = {};
  private static final Real PLAIN = new Real("plain", -2, 3, false);
  private static final Real BY_ORDERS = new Real("by orders", 0.01, 100, true);
  private static final Whole WHOLE = new Whole("whole", 1, 40, true);
  private static final Choice CHOICE = new Choice("choice", List.of("a", "b", "c"));

  @Test
  void likelihood_ofANumber_isADensityOverTheRange() {
    double[] values = {-2, -1.9, 0.5, 3};
    Estimator estimator = Estimator.of(PLAIN, values);

    double sum = 0;
    int steps = 10_000;
    for (int i = 0; i < steps; i++) {
      sum += estimator.likelihood(-2 + 5 * (i + 0.5) / steps) * 5 / steps;
    }

    assertThat(sum).isCloseTo(1, within(1e-4));
  }

  @Test
  void likelihood_ofAWholeNumber_sumsToOne() {
    Estimator estimator = Estimator.of(WHOLE, new double[] {1, 1, 7, 40});

    double sum = 0;
    for (int value = 1; value <= 40; value++) {
      sum += estimator.likelihood(value);
    }

    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void likelihood_ofAChoice_isItsShareWithOneOfEachBeforehand() {
    Estimator estimator = Estimator.of(CHOICE, new double[] {2, 2, 0});

    assertThat(estimator.likelihood(0)).isCloseTo(2.0 / 6, within(1e-12));
    assertThat(estimator.likelihood(1)).isCloseTo(1.0 / 6, within(1e-12));
    assertThat(estimator.likelihood(2)).isCloseTo(3.0 / 6, within(1e-12));
  }

  @Test
  void likelihood_nearTheTrials_isGreaterThanFarFromThem() {
    Estimator estimator = Estimator.of(BY_ORDERS, new double[] {0.02, 0.02, 0.03});

    assertThat(estimator.likelihood(0.025)).isGreaterThan(3 * estimator.likelihood(10));
    assertThat(estimator.likelihood(100)).isPositive();
  }

  @Test
  void draw_respectsRangesAndSteps() {
    SplittableRandom random = new SplittableRandom(3);
    Estimator plain = Estimator.of(PLAIN, new double[] {-2, 3, 3});
    Estimator orders = Estimator.of(BY_ORDERS, new double[] {0.01, 100});
    Estimator whole = Estimator.of(WHOLE, new double[] {1, 40, 40});
    Estimator choice = Estimator.of(CHOICE, NONE);
    for (int i = 0; i < 2_000; i++) {
      assertThat(plain.draw(random)).isBetween(-2.0, 3.0);
      assertThat(orders.draw(random)).isBetween(0.01, 100.0);
      double number = whole.draw(random);
      assertThat(number).isBetween(1.0, 40.0).isEqualTo(Math.rint(number));
      assertThat(choice.draw(random)).isIn(0.0, 1.0, 2.0);
    }
  }

  @Test
  void draw_followsTheLikelihood() {
    SplittableRandom random = new SplittableRandom(4);
    Estimator estimator = Estimator.of(WHOLE, new double[] {3, 3, 30});
    int[] times = new int[41];
    int draws = 40_000;
    for (int i = 0; i < draws; i++) {
      times[(int) estimator.draw(random)]++;
    }

    for (int value = 1; value <= 40; value++) {
      assertThat(times[value] / (double) draws)
          .as("share of %d", value)
          .isCloseTo(estimator.likelihood(value), within(0.01));
    }
  }

  @Test
  void draw_withoutTrialsByOrders_isOftenBelowOne() {
    SplittableRandom random = new SplittableRandom(5);
    Estimator estimator = Estimator.of(BY_ORDERS, NONE);

    int below = 0;
    for (int i = 0; i < 1_000; i++) {
      below += estimator.draw(random) < 1 ? 1 : 0;
    }

    assertThat(below).isBetween(430, 570);
  }
}
