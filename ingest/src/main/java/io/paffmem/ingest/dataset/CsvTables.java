package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tables of annotations, known by their first line. */
final class CsvTables {
  private CsvTables() {}

  /**
   * The {@code .csv} files of a folder whose first line is so, by name; none if it is no folder.
   */
  static List<Path> in(Path folder, Predicate<String> isHeader) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> candidates;
    try (Stream<Path> files = Files.list(folder)) {
      candidates =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".csv"))
              .sorted()
              .toList();
    }
    List<Path> tables = new ArrayList<>();
    for (Path candidate : candidates) {
      try (BufferedReader reader = Files.newBufferedReader(candidate, UTF_8)) {
        String first = reader.readLine();
        if (first != null && isHeader.test(first)) {
          tables.add(candidate);
        }
      }
    }
    return tables;
  }
}
