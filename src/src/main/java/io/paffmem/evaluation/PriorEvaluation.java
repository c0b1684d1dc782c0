package io.paffmem.evaluation;

import io.paffmem.evaluation.prior.Certainty;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.LabelFigures;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.Intervals;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a PK alone on one data set; what they are is said at {@link Evaluation}. A figure
 * that does not exist is null.
 *
 * @param certainty whether it knows how sure it is; null where it does not tell
 */
public record PriorEvaluation(
    String dataset,
    String modelVersion,
    int rows,
    int people,
    Map<String, Integer> leftOut,
    Axes ccc,
    Intervals cccInterval,
    Axes correlation,
    Axes balancedCcc,
    Axes rareCcc,
    Map<String, LabelFigures> perClass,
    @Nullable Certainty certainty) {

  /**
   * Puts the figures together.
   *
   * @param common labels that {@code rareCcc} leaves out
   * @param seed of the intervals
   */
  public static PriorEvaluation of(
      String dataset,
      String modelVersion,
      EmbeddedFaces faces,
      Map<String, Integer> leftOut,
      Set<String> common,
      long seed) {
    Agreement arousal = Agreement.of(faces.rows(), faces.affect(), 0, common, seed);
    Agreement valence = Agreement.of(faces.rows(), faces.affect(), 1, common, seed);
    return new PriorEvaluation(
        dataset,
        modelVersion,
        faces.rows().size(),
        (int) faces.rows().stream().map(LabelledFaces.Row::person).distinct().count(),
        leftOut,
        new Axes(arousal.ccc(), valence.ccc()),
        new Intervals(arousal.interval(), valence.interval()),
        new Axes(arousal.correlation(), valence.correlation()),
        new Axes(arousal.balancedCcc(), valence.balancedCcc()),
        new Axes(arousal.rareCcc(), valence.rareCcc()),
        LabelFigures.of(faces),
        Certainty.of(faces));
  }
}
