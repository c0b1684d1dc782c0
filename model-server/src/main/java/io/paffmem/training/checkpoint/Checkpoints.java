package io.paffmem.training.checkpoint;

import io.paffmem.training.config.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checkpoints of a training run in one folder, each a folder of its own that appears whole: written
 * under a temporary name, forced to the disk, then renamed. The two newest are kept, and the best
 * besides. Each holds what makes it whole (length and CRC-32C of every file), where the run stood,
 * and the settings of the run.
 */
public final class Checkpoints {
  private static final String PREFIX = "step-";
  private static final String PARTIAL = "partial-";
  private static final String DAMAGED = "damaged-";
  private static final String STATE = "state.properties";
  private static final String FORMAT = "format";
  private static final String FORMAT_VERSION = "1";
  private static final String STEP = "step";
  private static final String TRAINED = "trainedMillis";
  private static final String SCORE = "score";
  private static final String SETTING = "setting.";
  private static final String FILE = "file.";

  /** The last line: without it, the file was cut off. */
  private static final String WHOLE = "whole";

  private static final String YES = "yes";

  private static final int KEPT = 2;

  /** Of equal ones the newest; names are in the order of the steps. */
  private static final Comparator<Path> BY_SCORE =
      Comparator.comparingDouble(Checkpoints::scoreOf).thenComparing(Comparator.naturalOrder());

  /** Where every run begins. */
  public static final State BEGINNING = new State(0, 0, OptionalDouble.empty());

  /**
   * Where a run stands.
   *
   * @param step steps made
   * @param trainedMillis time spent on them
   * @param score by validation, higher is better; empty if it was not validated
   */
  public record State(long step, long trainedMillis, OptionalDouble score) {}

  /** One checkpoint that is there. */
  public record Checkpoint(Path folder, State state) {

    /** Prefix of the files of its weights. */
    public Path weights() {
      return folder.resolve("weights");
    }

    @Override
    public String toString() {
      return folder + " (step " + state.step() + ")";
    }
  }

  private final Path folder;
  private final SortedMap<String, String> settings;
  private final Consumer<String> notes;

  /**
   * Checkpoints in a folder that need not exist yet.
   *
   * @param settings of the run; a checkpoint of other settings is refused
   * @param notes is told of damaged checkpoints, a sentence each
   */
  public Checkpoints(Path folder, SortedMap<String, String> settings, Consumer<String> notes) {
    this.folder = folder;
    this.settings = new TreeMap<>(settings);
    this.notes = notes;
  }

  /**
   * The newest whole checkpoint. A damaged one is set aside, which the notes say, and the one
   * before it is tried.
   *
   * @throws TrainingException if it is of another run or another version
   */
  public Optional<Checkpoint> newest() {
    return firstWhole(Comparator.naturalOrder());
  }

  /** The whole checkpoint with the best score; the newest if none has a score. */
  public Optional<Checkpoint> best() {
    return firstWhole(BY_SCORE);
  }

  /**
   * Writes one checkpoint and removes those that are neither among the two newest nor the best. At
   * the step of a checkpoint that is there already, only its state is replaced: a run that stands
   * at a step has that step's weights.
   *
   * @param weightsWriter writes files that begin with the given path
   * @throws TrainingException if it cannot be written; names the last good one
   */
  public Checkpoint write(State state, Consumer<Path> weightsWriter) {
    Path whole = folder.resolve(PREFIX + String.format(Locale.ROOT, "%09d", state.step()));
    try {
      Files.createDirectories(folder);
      for (Path leftover : children(PARTIAL, DAMAGED)) {
        DurableFiles.delete(
            leftover); // of a run that was killed while writing, or known to be of no use
      }
      if (Files.isDirectory(whole)) {
        Path partial = Files.createTempFile(folder, PARTIAL, null);
        describe(whole, state, partial);
        DurableFiles.move(partial, whole.resolve(STATE));
      } else {
        Path partial = Files.createTempDirectory(folder, PARTIAL);
        weightsWriter.accept(new Checkpoint(partial, state).weights());
        for (Path file : DurableFiles.filesIn(partial)) {
          DurableFiles.force(file);
        }
        describe(partial, state, partial.resolve(STATE));
        DurableFiles.forceFolder(partial);
        DurableFiles.move(partial, whole);
      }
      DurableFiles.forceFolder(folder);
      prune();
      return new Checkpoint(whole, state);
    } catch (IOException | RuntimeException e) {
      for (Path leftover : children(PARTIAL)) {
        DurableFiles.deleteIfPossible(leftover); // what remains fills a disk that may be full
      }
      throw new TrainingException(
          "the checkpoint of step "
              + state.step()
              + " cannot be written to "
              + folder
              + " ("
              + firstLine(e)
              + "); "
              + lastGood(),
          e);
    }
  }

  /** Which checkpoint a run goes on from if it ends now, for a message. */
  public String lastGood() {
    List<Path> all = children(PREFIX);
    return all.isEmpty()
        ? "there is no checkpoint yet"
        : "the last good checkpoint is " + all.get(all.size() - 1);
  }

  /** The first line of what went wrong: TensorFlow's messages have many. */
  public static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private Optional<Checkpoint> firstWhole(Comparator<Path> order) {
    List<Path> descending = new ArrayList<>(children(PREFIX));
    descending.sort(order.reversed());
    for (Path path : descending) {
      Optional<String> damage;
      Properties properties = new Properties();
      try {
        properties = properties(path);
        damage = damage(path, properties);
      } catch (IOException | IllegalArgumentException e) {
        damage = Optional.of(STATE + " cannot be read");
      }
      if (damage.isEmpty()) {
        checkSettings(path, properties);
        return Optional.of(new Checkpoint(path, state(properties)));
      }
      setAside(path, damage.get());
    }
    return Optional.empty();
  }

  /** What is wrong with the files, if anything is. */
  private static Optional<String> damage(Path checkpoint, Properties properties)
      throws IOException {
    if (!FORMAT_VERSION.equals(properties.getProperty(FORMAT))) {
      if (properties.getProperty(STEP) != null) {
        throw new TrainingException(
            "the checkpoint "
                + checkpoint
                + " was written by another version of this program; name another folder for the"
                + " run");
      }
      return Optional.of(STATE + " is cut off");
    }
    if (!YES.equals(properties.getProperty(WHOLE))) {
      return Optional.of(STATE + " is cut off");
    }
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(FILE)) {
        Path file = checkpoint.resolve(key.substring(FILE.length()));
        if (!Files.isRegularFile(file)) {
          return Optional.of(file.getFileName() + " is missing");
        }
        if (!DurableFiles.fingerprint(file).equals(properties.getProperty(key))) {
          return Optional.of(file.getFileName() + " is cut off or changed");
        }
      }
    }
    state(properties);
    return Optional.empty();
  }

  private void checkSettings(Path checkpoint, Properties properties) {
    SortedMap<String, String> theirs = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(SETTING)) {
        theirs.put(key.substring(SETTING.length()), properties.getProperty(key));
      }
    }
    List<String> differences = new ArrayList<>();
    for (String key : settings.keySet()) {
      String their = theirs.getOrDefault(key, "not set");
      String our = settings.getOrDefault(key, "not set");
      if (!their.equals(our)) {
        differences.add(key + " is " + their + " there and " + our + " here");
      }
    }
    if (!differences.isEmpty()) {
      throw new TrainingException(
          "the checkpoint "
              + checkpoint
              + " is of a run with other settings ("
              + String.join(", ", differences)
              + "); give those, or name another folder for the run");
    }
  }

  private void setAside(Path path, String damage) {
    try {
      Path aside = path.resolveSibling(DAMAGED + path.getFileName());
      DurableFiles.delete(aside);
      DurableFiles.move(path, aside);
      notes.accept("The checkpoint " + path + " is damaged (" + damage + ") and is not used.");
    } catch (IOException e) {
      throw new TrainingException(
          "the checkpoint "
              + path
              + " is damaged ("
              + damage
              + ") and cannot be set aside; remove it",
          e);
    }
  }

  /** A damaged checkpoint comes last. */
  private static double scoreOf(Path checkpoint) {
    try {
      return state(properties(checkpoint)).score().orElse(Double.NEGATIVE_INFINITY);
    } catch (IOException | IllegalArgumentException e) {
      return Double.NEGATIVE_INFINITY;
    }
  }

  private void prune() throws IOException {
    List<Path> all = children(PREFIX);
    Optional<Path> best = all.stream().max(BY_SCORE);
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      if (!old.equals(best.orElseThrow())) {
        // Renamed first: a kill while it goes must not leave half of it under a good name.
        Path going = old.resolveSibling(PARTIAL + old.getFileName());
        DurableFiles.move(old, going);
        DurableFiles.delete(going);
      }
    }
  }

  /** Writes the state and what the files must be like. */
  private void describe(Path checkpoint, State state, Path target) throws IOException {
    SortedMap<String, String> lines = new TreeMap<>();
    lines.put(FORMAT, FORMAT_VERSION);
    lines.put(STEP, Long.toString(state.step()));
    lines.put(TRAINED, Long.toString(state.trainedMillis()));
    state.score().ifPresent(score -> lines.put(SCORE, Double.toString(score)));
    settings.forEach((key, value) -> lines.put(SETTING + key, value));
    for (Path file : DurableFiles.filesIn(checkpoint)) {
      String name = String.valueOf(file.getFileName());
      if (!name.equals(STATE)) {
        lines.put(FILE + name, DurableFiles.fingerprint(file));
      }
    }
    StringBuilder text = new StringBuilder();
    lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    Files.writeString(target, text.append(WHOLE).append('=').append(YES).append('\n'));
    DurableFiles.force(target);
  }

  private static Properties properties(Path checkpoint) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(checkpoint.resolve(STATE))) {
      properties.load(reader);
    }
    return properties;
  }

  /** Throws IllegalArgumentException where a number is missing or none. */
  private static State state(Properties properties) {
    String score = properties.getProperty(SCORE);
    return new State(
        Long.parseLong(properties.getProperty(STEP, "")),
        Long.parseLong(properties.getProperty(TRAINED, "")),
        score == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(score)));
  }

  private List<Path> children(String... prefixes) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(
              child ->
                  Stream.of(prefixes).anyMatch(String.valueOf(child.getFileName())::startsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
