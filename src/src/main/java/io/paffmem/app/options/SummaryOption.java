package io.paffmem.app.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.paffmem.app.terminal.OutputFile;
import io.paffmem.start.Problems;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command writes, as JSON, the figures that it prints. */
public final class SummaryOption {
  private static final String NAME = "--summary";
  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Option(names = NAME, paramLabel = "FILE", description = "Write all figures there as JSON.")
  private @Nullable Path file;

  /** Adds why the file could not be written at the end, before anything is started. */
  public void check(Problems problems) {
    OutputFile.check(NAME, file, problems);
  }

  /**
   * Writes the figures as indented JSON, where a file is named.
   *
   * @throws io.paffmem.start.StartException if it cannot be written
   */
  public void write(Object figures) {
    if (file != null) {
      OutputFile.write(file, json(figures));
    }
  }

  private static byte[] json(Object figures) {
    try {
      return JSON.writeValueAsBytes(figures);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("These figures have no form in JSON: " + figures, e);
    }
  }
}
