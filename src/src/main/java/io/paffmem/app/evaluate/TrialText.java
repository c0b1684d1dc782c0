package io.paffmem.app.evaluate;

import io.paffmem.evaluation.memory.MemoryEvaluation.Row;
import io.paffmem.evaluation.memory.MemorySearch;
import io.paffmem.evaluation.memory.MemorySearch.Trial;
import io.paffmem.evaluation.statistics.Axes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trials of a search, for people and for tables. */
final class TrialText {
  private static final List<String> FIGURES =
      List.of(
          "cccArousal",
          "cccValence",
          "correlationArousal",
          "correlationValence",
          "gapClosedArousal",
          "gapClosedValence",
          "neurons");

  private TrialText() {}

  /** Names of the columns. */
  static String header() {
    List<String> columns = new ArrayList<>(List.of("trial", "score"));
    FIGURES.forEach(figure -> columns.add("videos." + figure));
    FIGURES.forEach(figure -> columns.add("photographs." + figure));
    columns.addAll(MemorySearch.parameters());
    return String.join(",", columns);
  }

  /** One trial; what was not changed, or does not exist, is empty. */
  static String row(Trial trial) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(trial.number()));
    cells.add(text(trial.score()));
    cells.addAll(figures(trial.videos()));
    cells.addAll(figures(trial.photographs()));
    for (String parameter : MemorySearch.parameters()) {
      cells.add(trial.changes().getOrDefault(parameter, ""));
    }
    return String.join(",", cells);
  }

  static String line(String name, Trial trial) {
    return String.format(
        Locale.ROOT,
        "%s (trial %d): score %s; videos' gap closed %s, %s; photographs %s, %s; %.0f neurons",
        name,
        trial.number(),
        text(trial.score()),
        text(trial.videos().gapClosed().arousal()),
        text(trial.videos().gapClosed().valence()),
        text(trial.photographs().ccc().arousal()),
        text(trial.photographs().ccc().valence()),
        trial.videos().neurons());
  }

  /** What --memory-settings reads. */
  static String properties(Trial trial) {
    return trial.changes().entrySet().stream()
        .map(change -> change.getKey() + " = " + change.getValue() + "\n")
        .collect(
            Collectors.joining(
                "",
                "# Trial %d of a search, score %s.%n"
                    .formatted(trial.number(), text(trial.score())),
                ""));
  }

  private static List<String> figures(Row row) {
    return Stream.concat(
            Stream.of(row.ccc(), row.correlation(), row.gapClosed())
                .flatMap(axes -> both(axes).stream()),
            Stream.of(text(row.neurons())))
        .toList();
  }

  private static List<String> both(Axes axes) {
    return List.of(text(axes.arousal()), text(axes.valence()));
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
