package io.paffmem.ingest.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns by which a table of one format is known.
 *
 * @param names in lower case, in the order of the format's own files
 * @param alone whether a table of this format has no others
 */
record CsvColumns(List<String> names, boolean alone) {
  CsvColumns {
    names = List.copyOf(names);
  }

  /** These and no others. */
  static CsvColumns exactly(String... names) {
    return new CsvColumns(List.of(names), true);
  }

  /** These, and any others. */
  static CsvColumns atLeast(String... names) {
    return new CsvColumns(List.of(names), false);
  }

  /**
   * Where each of them stands in a table.
   *
   * @param header the fields of the table's first line, in any order and case
   * @return by the index of the name; empty if it is the header of another table
   */
  Optional<int[]> placesIn(List<String> header) {
    List<String> found = header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    int[] places = names.stream().mapToInt(found::indexOf).toArray();
    boolean hasAll = Arrays.stream(places).allMatch(place -> place >= 0);
    return hasAll && (!alone || found.size() == names.size())
        ? Optional.of(places)
        : Optional.empty();
  }

  /** The header of the format's own files. */
  @Override
  public String toString() {
    return String.join(",", names);
  }
}
