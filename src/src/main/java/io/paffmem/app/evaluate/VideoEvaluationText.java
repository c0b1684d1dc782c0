package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.Tables;
import io.paffmem.evaluation.VideoEvaluation;
import io.paffmem.evaluation.VideoEvaluation.Part;
import io.paffmem.evaluation.memory.Lessons;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.memory.MemoryEvaluation.Minute;
import io.paffmem.evaluation.memory.MemoryEvaluation.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tables of the memory and its rivals on videos, for people. */
final class VideoEvaluationText {
  private static final Set<Integer> MINUTES = Set.of(1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 60);

  private VideoEvaluationText() {}

  static String of(VideoEvaluation evaluation) {
    List<String> parts = new ArrayList<>();
    for (Part part : evaluation.parts()) {
      parts.add(
          EvaluationText.title(
              evaluation.modelVersion(), part.name(), part.faces(), part.people(), part.leftOut()));
      if (part.taught().isEmpty()) {
        parts.add(table("by face", part.frames(), part.people()));
      } else {
        parts.add(table("by face", "untaught", part.frames(), part.people()));
        parts.add(taught(part));
      }
      if (part.utterances() != null) {
        parts.add(table("by utterance", part.utterances(), part.people()));
        parts.add(EvaluationText.people(part.perPerson()));
      }
      if (!part.frames().minutes().isEmpty()) {
        parts.add(minutes(part.frames().minutes()));
      }
    }
    return String.join(System.lineSeparator(), parts);
  }

  private static String taught(Part part) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "of each person",
            "worst error",
            "doubled",
            "at rest, arousal",
            "valence",
            "untaught",
            "valence"));
    for (Lessons.PerPerson each : part.taught()) {
      rows.add(
          List.of(
              each.name(),
              String.format(Locale.ROOT, "x %.2f", each.worstError()),
              "%d of %d".formatted(each.doubled(), part.people()),
              EvaluationText.text(each.restArousal()),
              EvaluationText.text(each.restValence()),
              EvaluationText.text(each.untaughtRestArousal()),
              EvaluationText.text(each.untaughtRestValence())));
    }
    return Tables.render(rows);
  }

  /** The row of each contender beside the joined PK. */
  static String table(String level, MemoryEvaluation memory, int people) {
    return table(level, "joined", memory, people);
  }

  private static String table(String level, String base, MemoryEvaluation memory, int people) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "CCC, " + level,
            "arousal",
            "valence",
            "of each",
            "valence",
            "correlation",
            "valence",
            "beyond " + base,
            "valence",
            "less " + base + ", 95 %",
            "valence",
            "not worse",
            "in correlation",
            "bias",
            "valence"));
    for (Row row : memory.rows()) {
      rows.add(
          List.of(
              row.name(),
              EvaluationText.text(row.ccc().arousal()),
              EvaluationText.text(row.ccc().valence()),
              EvaluationText.text(row.meanOfPeople().arousal()),
              EvaluationText.text(row.meanOfPeople().valence()),
              EvaluationText.text(row.correlation().arousal()),
              EvaluationText.text(row.correlation().valence()),
              EvaluationText.text(row.beyondBase().arousal()),
              EvaluationText.text(row.beyondBase().valence()),
              EvaluationText.text(row.lessBase().arousal()),
              EvaluationText.text(row.lessBase().valence()),
              "%d of %d".formatted(row.peopleNotWorse(), people),
              "%d of %d".formatted(row.peopleNotWorseInCorrelation(), people),
              EvaluationText.text(row.bias().arousal()),
              EvaluationText.text(row.bias().valence())));
    }
    return Tables.render(rows);
  }

  private static String minutes(List<Minute> minutes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("minute", "joined arousal", "valence", "memory arousal", "valence"));
    for (Minute minute : minutes) {
      if (MINUTES.contains(minute.minute())) {
        rows.add(
            List.of(
                Integer.toString(minute.minute()),
                EvaluationText.text(minute.base().arousal()),
                EvaluationText.text(minute.base().valence()),
                EvaluationText.text(minute.memory().arousal()),
                EvaluationText.text(minute.memory().valence())));
      }
    }
    return Tables.render(rows);
  }
}
