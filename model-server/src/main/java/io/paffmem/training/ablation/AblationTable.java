package io.paffmem.training.ablation;

import io.paffmem.training.TrainingReport.Agreement;
import io.paffmem.training.config.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * The rows of an ablation, side by side.
 *
 * @param results rows that are done, in their order
 */
public record AblationTable(List<AblationResult> results) {
  private static final Agreement NONE =
      new Agreement(OptionalDouble.empty(), OptionalDouble.empty());

  public AblationTable {
    results = List.copyOf(results);
  }

  /** As a table in Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder("| PK | read by |");
    StringBuilder rule = new StringBuilder("|---|---|");
    for (String set : sets()) {
      text.append(" %s: CCC arousal | valence |".formatted(set));
      rule.append("---|---|");
    }
    text.append('\n').append(rule).append('\n');
    for (AblationResult result : results) {
      text.append("| %s | %s |".formatted(result.row().label(), readBy(result)));
      for (String set : sets()) {
        Agreement ccc = result.ccc().getOrDefault(set, NONE);
        text.append(" %s | %s |".formatted(rounded(ccc.arousal()), rounded(ccc.valence())));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** As comma-separated values. */
  public String csv() {
    StringBuilder text = new StringBuilder("pk,read_by,faces,ccc_arousal,ccc_valence\n");
    for (AblationResult result : results) {
      result
          .ccc()
          .forEach(
              (set, ccc) ->
                  text.append(
                      "%s,%s,%s,%s,%s\n"
                          .formatted(
                              result.row().label(),
                              readBy(result),
                              set,
                              AblationResult.number(ccc.arousal()),
                              AblationResult.number(ccc.valence()))));
    }
    return text.toString();
  }

  /**
   * Writes both into a folder, as {@code table2.md} and {@code table2.csv}.
   *
   * @throws TrainingException if they cannot be written
   */
  public void write(Path folder) {
    try {
      Files.writeString(folder.resolve("table2.md"), markdown());
      Files.writeString(folder.resolve("table2.csv"), csv());
    } catch (IOException e) {
      throw new TrainingException("cannot write the table to " + folder + ": " + e.getMessage(), e);
    }
  }

  private TreeSet<String> sets() {
    TreeSet<String> sets = new TreeSet<>();
    results.forEach(result -> sets.addAll(result.ccc().keySet()));
    return sets;
  }

  private static String readBy(AblationResult result) {
    return result.row().hasEmotion() ? "its D_em" : "a D_em trained afterwards";
  }

  private static String rounded(OptionalDouble ccc) {
    return ccc.isPresent() ? String.format(Locale.ROOT, "%.3f", ccc.getAsDouble()) : "none";
  }
}
