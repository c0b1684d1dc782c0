package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.Tables;
import io.paffmem.evaluation.Evaluation;
import io.paffmem.evaluation.Evaluation.GeometryFigures;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.memory.MemoryEvaluation.PerPerson;
import io.paffmem.evaluation.prior.ImaginedChanges;
import io.paffmem.evaluation.prior.ImaginedGrain;
import io.paffmem.evaluation.prior.ImaginedIdentity;
import io.paffmem.evaluation.prior.LabelFigures;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.ByAnswer;
import io.paffmem.evaluation.statistics.Interval;
import io.paffmem.evaluation.statistics.Intervals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An evaluation for people. */
final class EvaluationText {
  private static final int MOST_PEOPLE = 30;

  private EvaluationText() {}

  static String of(Evaluation evaluation) {
    List<String> parts = new ArrayList<>();
    parts.add(
        title(
            evaluation.modelVersion(),
            evaluation.dataset(),
            evaluation.rows(),
            evaluation.people(),
            evaluation.leftOut()));
    parts.add(agreement(evaluation));
    parts.add(memory(evaluation));
    parts.add(people(evaluation.perPerson()));
    parts.add(labels(evaluation.perClass()));
    parts.add(geometry(evaluation.geometry()));
    Evaluation.Imagined imagined = evaluation.imagined();
    if (imagined.changes() != null) {
      parts.add(changes(imagined.changes()));
    }
    if (imagined.identity() != null) {
      parts.add(identity(imagined.identity()));
    }
    parts.add(grain(imagined.grain()));
    return String.join(System.lineSeparator(), parts);
  }

  /** What was evaluated on what. */
  static String title(
      String modelVersion, String dataset, int rows, int people, Map<String, Integer> leftOut) {
    String reasons =
        leftOut.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + words(entry.getKey()))
            .collect(Collectors.joining(", "));
    return "%s on %s: %d faces of %d people%s%n"
        .formatted(
            modelVersion, dataset, rows, people, reasons.isEmpty() ? "" : "; left out: " + reasons);
  }

  private static String agreement(Evaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("agreement with labels", "PK arousal", "valence", "memory arousal", "valence"));
    rows.add(row("CCC", evaluation.ccc()));
    Intervals pk = evaluation.cccInterval().prior();
    Intervals memory = evaluation.cccInterval().memory();
    rows.add(
        List.of(
            "CCC, 95 % of people",
            text(pk.arousal()),
            text(pk.valence()),
            text(memory.arousal()),
            text(memory.valence())));
    rows.add(row("correlation", evaluation.correlation()));
    rows.add(row("CCC, labels weighted alike", evaluation.balancedCcc()));
    if (evaluation.dataset().equals("faces")) {
      rows.add(row("CCC without neutral, happiness", evaluation.rareCcc()));
    }
    return Tables.render(rows);
  }

  private static List<String> row(String name, ByAnswer<Axes> figure) {
    return List.of(
        name,
        text(figure.prior().arousal()),
        text(figure.prior().valence()),
        text(figure.memory().arousal()),
        text(figure.memory().valence()));
  }

  private static String memory(Evaluation evaluation) {
    MemoryEvaluation memory = evaluation.memory();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "CCC",
            "arousal",
            "valence",
            "correlation",
            "valence",
            "gap closed",
            "valence",
            "beyond joined",
            "valence",
            "not worse",
            "in correlation",
            "neurons"));
    for (MemoryEvaluation.Row row : memory.rows()) {
      rows.add(
          List.of(
              row.name(),
              text(row.ccc().arousal()),
              text(row.ccc().valence()),
              text(row.correlation().arousal()),
              text(row.correlation().valence()),
              text(row.gapClosed().arousal()),
              text(row.gapClosed().valence()),
              text(row.beyondBase().arousal()),
              text(row.beyondBase().valence()),
              "%d of %d".formatted(row.peopleNotWorse(), evaluation.people()),
              "%d of %d".formatted(row.peopleNotWorseInCorrelation(), evaluation.people()),
              format("%.0f", row.neurons())));
    }
    return Tables.render(rows)
        + format(
            "Memory less PK, 95 %% of people: arousal %s, valence %s. %s, %d neurons were inserted.%n",
            text(memory.gain().arousal()),
            text(memory.gain().valence()),
            readAt(memory.seededShare()),
            memory.insertions());
  }

  private static String readAt(@Nullable Double seededShare) {
    return seededShare == null
        ? "All of its answers are the PK's own"
        : String.format(
            Locale.ROOT,
            "Of its answers that are not the PK's own, %.1f %% are read at imagined faces",
            100 * seededShare);
  }

  /** Those of whom most was seen; people in one picture have no CCC. */
  static String people(Map<String, PerPerson> perPerson) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "CCC by person",
            "faces",
            "PK arousal",
            "valence",
            "memory arousal",
            "valence",
            "neurons",
            "inserted"));
    perPerson.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().rows()))
        .limit(MOST_PEOPLE)
        .forEach(entry -> rows.add(person(entry.getKey(), entry.getValue())));
    int more = perPerson.size() - MOST_PEOPLE;
    return Tables.render(rows)
        + (more > 0 ? "%d more people are in the --summary.%n".formatted(more) : "");
  }

  private static List<String> person(String name, PerPerson figures) {
    return List.of(
        name,
        Integer.toString(figures.rows()),
        text(figures.ccc().prior().arousal()),
        text(figures.ccc().prior().valence()),
        text(figures.ccc().memory().arousal()),
        text(figures.ccc().memory().valence()),
        Integer.toString(figures.neurons()),
        Long.toString(figures.insertions()));
  }

  /** What the PK says of the faces of each label. */
  static String labels(Map<String, LabelFigures> perClass) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("label", "faces", "arousal", "predicted", "sd", "valence", "predicted", "sd"));
    perClass.forEach(
        (label, figures) ->
            rows.add(
                List.of(
                    label,
                    Integer.toString(figures.count()),
                    signed(figures.label().arousal()),
                    signed(figures.arousal().mean()),
                    sd(figures.arousal()),
                    signed(figures.label().valence()),
                    signed(figures.valence().mean()),
                    sd(figures.valence()))));
    return Tables.render(rows);
  }

  private static String geometry(GeometryFigures figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("geometry of z", "", "95 % of people"));
    rows.add(List.of("faces", Integer.toString(figures.rows()), ""));
    rows.add(List.of("people with pairs of both kinds", Integer.toString(figures.people()), ""));
    rows.add(List.of("sd of a dimension, mean", text(figures.sd().mean()), ""));
    rows.add(List.of("sd of a dimension, smallest", text(figures.sd().minimum()), ""));
    rows.add(
        List.of(
            "variance within a person explained",
            text(figures.explained()),
            text(figures.explainedInterval())));
    rows.add(List.of("AUC, other label farther", text(figures.auc()), text(figures.aucInterval())));
    rows.add(
        List.of("median d2, same label (the unit below)", text(figures.sameLabelDistance()), ""));
    rows.add(List.of("re-encoding of the reconstruction", text(figures.reencoding()), ""));
    rows.add(List.of("shift of one pixel", text(figures.pixelShift()), ""));
    rows.add(List.of("next video frame", text(figures.nextFrame()), ""));
    return Tables.render(rows);
  }

  private static String changes(ImaginedChanges.Cosines cosines) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("imagined and true change of z", "cosine"));
    rows.add(List.of("over the square", text(cosines.cosine())));
    rows.add(List.of("at its corners", text(cosines.cornerCosine())));
    rows.add(List.of("smallest cell", text(cosines.minimumCosine())));
    return Tables.render(rows);
  }

  private static String grain(ImaginedGrain.Power power) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("imagined faces near the Nyquist frequency", "power"));
    rows.add(List.of("over that of true faces", text(power.imaginedOverTrue())));
    rows.add(List.of("over that of reconstructions", text(power.imaginedOverReconstructed())));
    return Tables.render(rows);
  }

  private static String identity(ImaginedIdentity.Shares shares) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("most similar to their own person", "imagined", "true faces"));
    rows.add(
        List.of(
            "than to another person",
            text(shares.aboveAnother()),
            text(shares.trueAboveAnother())));
    rows.add(
        List.of("than to any other person", text(shares.aboveAll()), text(shares.trueAboveAll())));
    return Tables.render(rows);
  }

  private static String words(String reason) {
    return switch (reason) {
      case "unknownExpression" -> "of unknown expression";
      case "fewImages" -> "of people with too few";
      case "manyImages" -> "of people with too many";
      case "trainedOn" -> "of people who are trained on";
      default -> reason;
    };
  }

  private static String sd(LabelFigures.Moments moments) {
    return format("%.2f", moments.sd());
  }

  private static String signed(double value) {
    return format("%+.2f", value);
  }

  static String text(@Nullable Double value) {
    return value == null ? "none" : format("%.3f", value);
  }

  static String text(@Nullable Interval interval) {
    return interval == null ? "none" : format("%.3f to %.3f", interval.low(), interval.high());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
