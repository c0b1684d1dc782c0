package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.Tables;
import io.paffmem.evaluation.PriorEvaluation;
import io.paffmem.evaluation.prior.Certainty;
import io.paffmem.evaluation.statistics.Axes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation of a PK alone, for people. */
final class PriorEvaluationText {
  private PriorEvaluationText() {}

  static String of(PriorEvaluation evaluation) {
    List<String> parts = new ArrayList<>();
    parts.add(
        EvaluationText.title(
            evaluation.modelVersion(),
            evaluation.dataset(),
            evaluation.rows(),
            evaluation.people(),
            evaluation.leftOut()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("agreement with labels", "arousal", "valence"));
    rows.add(row("CCC", evaluation.ccc()));
    rows.add(
        List.of(
            "CCC, 95 % of people",
            EvaluationText.text(evaluation.cccInterval().arousal()),
            EvaluationText.text(evaluation.cccInterval().valence())));
    rows.add(row("correlation", evaluation.correlation()));
    rows.add(row("CCC, labels weighted alike", evaluation.balancedCcc()));
    if (evaluation.rareCcc().arousal() != null) {
      rows.add(row("CCC without neutral, happiness", evaluation.rareCcc()));
    }
    parts.add(Tables.render(rows));
    parts.add(EvaluationText.labels(evaluation.perClass()));
    Certainty certainty = evaluation.certainty();
    if (certainty != null) {
      parts.add(certainty(certainty));
    }
    return String.join(System.lineSeparator(), parts);
  }

  private static String certainty(Certainty certainty) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("how sure it is", "arousal", "valence"));
    rows.add(row("labels in the interval for 80 %", certainty.held80()));
    rows.add(row("labels in the interval for 90 %", certainty.held90()));
    for (Map.Entry<String, Axes> label : certainty.held90ByLabel().entrySet()) {
      rows.add(row("  of " + label.getKey(), label.getValue()));
    }
    for (Map.Entry<Double, Axes> error : certainty.errorByCoverage().entrySet()) {
      rows.add(
          row(
              String.format(
                  Locale.ROOT, "root mean squared error, surest %.0f %%", 100 * error.getKey()),
              error.getValue()));
    }
    return Tables.render(rows);
  }

  private static List<String> row(String name, Axes figure) {
    return List.of(
        name, EvaluationText.text(figure.arousal()), EvaluationText.text(figure.valence()));
  }
}
