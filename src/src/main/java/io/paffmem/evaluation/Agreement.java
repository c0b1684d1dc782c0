package io.paffmem.evaluation;

import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.evaluation.statistics.Bootstrap;
import io.paffmem.evaluation.statistics.CccByPerson;
import io.paffmem.evaluation.statistics.Interval;
import io.paffmem.metric.Concordance;
import java.util.HashMap;
import java.util.HashSet;
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
public record Agreement(
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
  public static Agreement of(
      List<Row> rows, float[] answers, int axis, Set<String> common, long seed) {
    Set<String> people = new HashSet<>();
    Map<String, Integer> labels = new HashMap<>();
    for (Row row : rows) {
      people.add(row.person());
      labels.merge(row.label(), 1, Integer::sum);
    }
    Concordance all = new Concordance();
    Concordance balanced = new Concordance();
    Concordance rare = new Concordance();
    CccByPerson byPerson = new CccByPerson(people.size());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double answer = answers[2 * i + axis];
      double truth = axis == 0 ? row.arousal() : row.valence();
      all.add(answer, truth);
      balanced.add(answer, truth, 1.0 / labels.getOrDefault(row.label(), 1));
      if (!common.contains(row.label())) {
        rare.add(answer, truth);
      }
      byPerson.add(row.person(), answer, truth);
    }
    return new Agreement(
        Bootstrap.orNull(all.ccc()),
        new Bootstrap(people.size(), seed).of(byPerson::of),
        Bootstrap.orNull(all.correlation()),
        Bootstrap.orNull(balanced.ccc()),
        common.isEmpty() ? null : Bootstrap.orNull(rare.ccc()));
  }
}
