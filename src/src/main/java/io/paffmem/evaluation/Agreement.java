package io.paffmem.evaluation;

import io.paffmem.evaluation.LabelledFaces.Row;
import io.paffmem.training.Concordance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How well answers agree with the labels on one axis. A figure that does not exist, because a
 * series is constant, is null.
 *
 * @param ccc concordance (Lin 1989) over all rows
 * @param interval of the CCC
 * @param correlation Pearson's: a CCC also rises when the answers only vary more
 * @param balancedCcc CCC with weights that give every label the same total
 * @param rareCcc CCC over the rows whose label is not one of the common ones; null if no label is
 *     called common
 */
record Agreement(
    @Nullable Double ccc,
    @Nullable Interval interval,
    @Nullable Double correlation,
    @Nullable Double balancedCcc,
    @Nullable Double rareCcc) {

  /**
   * Compares.
   *
   * @param answers n x 2
   * @param axis 0 for arousal, 1 for valence
   * @param common labels that {@link #rareCcc} leaves out
   * @param seed of the interval
   */
  static Agreement of(List<Row> rows, float[] answers, int axis, Set<String> common, long seed) {
    Map<String, Integer> people = new HashMap<>();
    Map<String, Integer> labels = new HashMap<>();
    for (Row row : rows) {
      people.putIfAbsent(row.person(), people.size());
      labels.merge(row.label(), 1, Integer::sum);
    }
    Concordance all = new Concordance();
    Concordance balanced = new Concordance();
    Concordance rare = new Concordance();
    double[][] sums = new double[people.size()][6];
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double answer = answers[2 * i + axis];
      double truth = axis == 0 ? row.arousal() : row.valence();
      all.add(answer, truth);
      balanced.add(answer, truth, 1.0 / labels.getOrDefault(row.label(), 1));
      if (!common.contains(row.label())) {
        rare.add(answer, truth);
      }
      add(sums[people.getOrDefault(row.person(), 0)], answer, truth);
    }
    return new Agreement(
        Bootstrap.orNull(all.ccc()),
        new Bootstrap(people.size(), seed).of(times -> ccc(sums, times)),
        Bootstrap.orNull(all.correlation()),
        Bootstrap.orNull(balanced.ccc()),
        common.isEmpty() ? null : Bootstrap.orNull(rare.ccc()));
  }

  private static void add(double[] sums, double answer, double truth) {
    sums[0]++;
    sums[1] += answer;
    sums[2] += truth;
    sums[3] += answer * answer;
    sums[4] += truth * truth;
    sums[5] += answer * truth;
  }

  /** From sums by person, so that a thousand draws cost no pass over the rows. */
  private static double ccc(double[][] sums, int[] times) {
    double[] total = new double[6];
    for (int person = 0; person < times.length; person++) {
      for (int k = 0; k < total.length; k++) {
        total[k] += times[person] * sums[person][k];
      }
    }
    double n = total[0];
    double meanAnswer = total[1] / n;
    double meanTruth = total[2] / n;
    double answerVariance = total[3] / n - meanAnswer * meanAnswer;
    double truthVariance = total[4] / n - meanTruth * meanTruth;
    // Values lie in [-1, 1]: less than this is rounding.
    if (answerVariance < 1e-12 || truthVariance < 1e-12) {
      return Double.NaN;
    }
    double shift = meanAnswer - meanTruth;
    return 2
        * (total[5] / n - meanAnswer * meanTruth)
        / (answerVariance + truthVariance + shift * shift);
  }
}
