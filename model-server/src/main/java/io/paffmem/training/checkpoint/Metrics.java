package io.paffmem.training.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table of reports in a CSV file, one row a step. It is written again each time, under another
 * name and then renamed: so a kill leaves no half row, rows behind the step that a run goes on from
 * do not stay, and a run with other losses than the one before adds columns instead of shifting
 * them.
 */
public final class Metrics {
  private static final String STEP = "step";

  private final Path file;

  public Metrics(Path file) {
    this.file = file;
  }

  /**
   * Adds a row, in place of those of the same or a later step.
   *
   * @param row values by column; none may hold a comma or a line feed
   */
  public void append(long step, Map<String, String> row) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map<String, String> earlier : read()) {
      if (stepOf(earlier) < step) {
        rows.add(earlier);
      }
    }
    Map<String, String> added = new LinkedHashMap<>();
    added.put(STEP, Long.toString(step));
    added.putAll(row);
    rows.add(added);
    write(rows);
  }

  private List<Map<String, String>> read() throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    if (!Files.exists(file)) {
      return rows;
    }
    List<String> lines = Files.readAllLines(file);
    String[] columns = lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1);
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(columns.length, cells.length); i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private void write(List<Map<String, String>> rows) throws IOException {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (Map<String, String> row : rows) {
      List<String> cells = new ArrayList<>();
      columns.forEach(column -> cells.add(row.getOrDefault(column, "")));
      text.append(String.join(",", cells)).append('\n');
    }
    Path partial = file.resolveSibling("partial-" + file.getFileName());
    Files.writeString(partial, text);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Above every step where it is no number: such a row was not written here, and goes. */
  private static long stepOf(Map<String, String> row) {
    try {
      return Long.parseLong(row.getOrDefault(STEP, ""));
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
