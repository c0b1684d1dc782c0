package io.paffmem.app.terminal;

import java.util.List;

/** Columns of text. */
public final class Tables {
  private static final int LONGEST_NAME = 18;

  private Tables() {}

  /** A person's name, short enough for a row of 80 columns and without control characters. */
  public static String name(String person) {
    String printable = person.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST_NAME
        ? printable
        : printable.substring(0, LONGEST_NAME - 1) + "…";
  }

  /** Left-aligned first column, right-aligned others, two blanks between. */
  public static String render(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        String gap = " ".repeat(widths[i] - cell.length());
        line.append(i == 0 ? cell + gap : "  " + gap + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
