package io.paffmem.ingest.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds files by the names that a table has for them. A file that was copied between systems may
 * have its extension in capitals, and its accents in the other of Unicode's two forms.
 */
final class FileNames {
  /** By folder, the names in it by how they are compared. */
  private final Map<Path, Map<String, Path>> folders = new HashMap<>();

  /** The regular file of that name in a folder; empty if there is none. */
  Optional<Path> find(Path folder, String name) throws IOException {
    Path exact = folder.resolve(name);
    if (Files.isRegularFile(exact)) {
      return Optional.of(exact);
    }
    Path parent = exact.getParent();
    Path leaf = exact.getFileName();
    if (parent == null || leaf == null || !Files.isDirectory(parent)) {
      return Optional.empty();
    }
    Map<String, Path> names = folders.get(parent);
    if (names == null) {
      names = namesIn(parent);
      folders.put(parent, names);
    }
    return Optional.ofNullable(names.get(compared(leaf.toString())));
  }

  private static Map<String, Path> namesIn(Path folder) throws IOException {
    Map<String, Path> names = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> names.putIfAbsent(compared(String.valueOf(file.getFileName())), file));
    }
    return names;
  }

  private static String compared(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
