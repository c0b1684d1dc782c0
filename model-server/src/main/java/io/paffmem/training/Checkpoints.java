package io.paffmem.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checkpoints of a training run in one folder, each a folder of its own that appears whole: written
 * under a temporary name, then renamed.
 */
final class Checkpoints {
  private static final String PREFIX = "step-";
  private static final String PARTIAL = "partial-";
  private static final String STATE = "state.properties";
  private static final int KEPT = 2;

  /**
   * Where a run stands.
   *
   * @param step steps made
   * @param trainedMillis time spent on them
   */
  record State(long step, long trainedMillis) {}

  private final Path folder;

  Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** The newest whole checkpoint. */
  Optional<Path> newest() {
    List<Path> all = children(PREFIX);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Prefix of the weights inside a checkpoint. */
  static Path weights(Path checkpoint) {
    return checkpoint.resolve("weights");
  }

  static State state(Path checkpoint) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(checkpoint.resolve(STATE))) {
      properties.load(reader);
      return new State(
          Long.parseLong(properties.getProperty("step")),
          Long.parseLong(properties.getProperty("trainedMillis")));
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint " + checkpoint + " has no readable state", e);
    }
  }

  /** Writes one checkpoint and removes those that are older than the one before it. */
  void write(State state, Consumer<Path> weightsWriter) {
    try {
      Files.createDirectories(folder);
      for (Path leftover : children(PARTIAL)) {
        delete(leftover); // of a run that was killed while writing
      }
      Path whole = folder.resolve(PREFIX + String.format(Locale.ROOT, "%09d", state.step()));
      Path partial = Files.createTempDirectory(folder, PARTIAL);
      weightsWriter.accept(weights(partial));
      Properties properties = new Properties();
      properties.setProperty("step", Long.toString(state.step()));
      properties.setProperty("trainedMillis", Long.toString(state.trainedMillis()));
      try (var writer = Files.newBufferedWriter(partial.resolve(STATE))) {
        properties.store(writer, null);
      }
      delete(whole);
      Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
      List<Path> all = children(PREFIX);
      for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
        delete(old);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a checkpoint to " + folder, e);
    }
  }

  private List<Path> children(String prefix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> child.getFileName().toString().startsWith(prefix))
          .sorted(Comparator.comparing(Path::getFileName))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
