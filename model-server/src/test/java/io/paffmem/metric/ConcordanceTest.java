package io.paffmem.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConcordanceTest {

  @Test
  void ccc_threeRows_isAsWorkedOutByHand() {
    Concordance concordance = of(new double[] {1, 2, 3}, new double[] {2, 2, 5});

    // Means 2 and 3, variances 2/3 and 2, covariance (1 + 0 + 2) / 3 = 1: 2 / (2/3 + 2 + 1) = 6/11.
    assertThat(concordance.ccc()).hasValueCloseTo(6.0 / 11, within(1e-12));
    assertThat(concordance.correlation()).hasValueCloseTo(1 / Math.sqrt(4.0 / 3), within(1e-12));
    assertThat(concordance.rows()).isEqualTo(3);
  }

  @Test
  void ccc_equalSeries_isOneAndOppositeSeriesIsMinusOne() {
    double[] series = {-0.5, 0.1, 0.4};
    double[] opposite = {0.5, -0.1, -0.4};

    assertThat(of(series, series).ccc()).hasValueCloseTo(1.0, within(1e-12));
    assertThat(of(series, opposite).correlation()).hasValueCloseTo(-1.0, within(1e-12));
    assertThat(of(new double[] {-1, 1}, new double[] {1, -1}).ccc())
        .hasValueCloseTo(-1.0, within(1e-12));
  }

  @Test
  void ccc_shiftedSeries_isLessThanItsCorrelation() {
    Concordance shifted = of(new double[] {1, 2, 3}, new double[] {2, 3, 4});

    // 2 * 2/3 / (2/3 + 2/3 + 1) = 4/7.
    assertThat(shifted.ccc()).hasValueCloseTo(4.0 / 7, within(1e-12));
    assertThat(shifted.correlation()).hasValueCloseTo(1.0, within(1e-12));
  }

  @Test
  void ccc_constantSeriesOrNone_isEmpty() {
    assertThat(new Concordance().ccc()).isEmpty();
    assertThat(new Concordance().correlation()).isEmpty();
    assertThat(of(new double[] {0.3}, new double[] {0.3}).ccc()).isEmpty();
    assertThat(of(new double[] {0.1, 0.1, 0.1}, new double[] {1, 2, 3}).ccc()).isEmpty();
    assertThat(of(new double[] {1, 2, 3}, new double[] {0.1, 0.1, 0.1}).ccc()).isEmpty();
    assertThat(of(new double[] {1, 2, 3}, new double[] {0.1, 0.1, 0.1}).correlation()).isEmpty();
  }

  @Test
  void ccc_randomSeries_equalsTheTwoPassFormulaAndIsSymmetric() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      int rows = 2 + random.nextInt(500);
      double[] x = new double[rows];
      double[] y = new double[rows];
      for (int i = 0; i < rows; i++) {
        x[i] = 1000 + random.nextGaussian();
        y[i] = 1000 + 0.6 * (x[i] - 1000) + 0.3 + random.nextGaussian();
      }

      assertThat(of(x, y).ccc()).as("seed %d", seed).hasValueCloseTo(twoPass(x, y), within(1e-9));
      assertThat(of(y, x).ccc()).as("seed %d", seed).hasValueCloseTo(twoPass(x, y), within(1e-9));
    }
  }

  @Test
  void add_weights_areAsManyRows() {
    Concordance weighted = new Concordance();
    weighted.add(0.1, 0.3, 2);
    weighted.add(-0.4, 0.2, 3);
    weighted.add(0.9, 0.5, 1);

    Concordance repeated =
        of(
            new double[] {0.1, 0.1, -0.4, -0.4, -0.4, 0.9},
            new double[] {0.3, 0.3, 0.2, 0.2, 0.2, 0.5});

    assertThat(weighted.ccc()).hasValueCloseTo(repeated.ccc().orElseThrow(), within(1e-12));
    assertThat(weighted.correlation())
        .hasValueCloseTo(repeated.correlation().orElseThrow(), within(1e-12));
  }

  private static Concordance of(double[] predictions, double[] truths) {
    Concordance concordance = new Concordance();
    for (int i = 0; i < predictions.length; i++) {
      concordance.add(predictions[i], truths[i]);
    }
    return concordance;
  }

  private static double twoPass(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double varianceX = 0;
    double varianceY = 0;
    double covariance = 0;
    for (int i = 0; i < x.length; i++) {
      varianceX += (x[i] - meanX) * (x[i] - meanX) / x.length;
      varianceY += (y[i] - meanY) * (y[i] - meanY) / x.length;
      covariance += (x[i] - meanX) * (y[i] - meanY) / x.length;
    }
    return 2 * covariance / (varianceX + varianceY + (meanX - meanY) * (meanX - meanY));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
