package io.paffmem.app.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryParameters;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Parameters of the memory other than those that it ships with. */
public final class MemoryOptions {
  @Option(
      names = "--memory-settings",
      paramLabel = "FILE",
      description =
          "Parameters of the memory that differ from the standard, one 'name = value' a line, as"
              + " 'search' writes them.")
  private @Nullable Path file;

  @Option(
      names = "--bias-share",
      paramLabel = "SHARE",
      description =
          "How much of what the PK's readings of a person are off all the time is taken off, 0 to"
              + " 1; 0 turns it off. Default: 1.")
  private @Nullable Float biasShare;

  @Option(
      names = "--smoothing",
      paramLabel = "MILLIS",
      description =
          "Time constant over which answers on a stream are joined. Answers are late by about as"
              + " much; 0 turns it off. Default: 100.")
  private @Nullable Float smoothingMillis;

  /**
   * The parameters.
   *
   * @throws StartException if the file cannot be read, or a parameter is none or out of range
   */
  public MemoryConfig memory() {
    MemoryConfig memory = MemoryConfig.standard();
    Path given = file;
    if (given != null) {
      memory = changed(memory, read(given), "--memory-settings " + given);
    }
    Float share = biasShare;
    if (share != null) {
      Map<String, String> change = Map.of("reading.biasShare", share.toString());
      memory = changed(memory, change, "--bias-share");
    }
    Float millis = smoothingMillis;
    if (millis != null) {
      Map<String, String> change = Map.of("reading.smoothingMillis", millis.toString());
      memory = changed(memory, change, "--smoothing");
    }
    return memory;
  }

  private static MemoryConfig changed(
      MemoryConfig memory, Map<String, String> changes, String option) {
    try {
      return MemoryParameters.changed(memory, changes);
    } catch (IllegalArgumentException e) {
      throw new StartException(option + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException("--memory-settings " + file + " cannot be read: " + e, e);
    }
    Map<String, String> changes = new LinkedHashMap<>();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(name -> changes.put(name, properties.getProperty(name)));
    return changes;
  }
}
