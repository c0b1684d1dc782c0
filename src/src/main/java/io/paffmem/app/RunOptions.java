package io.paffmem.app;

import io.paffmem.pipeline.RunSummary;
import io.paffmem.pipeline.StartException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run leaves behind. */
final class RunOptions {
  enum Speed {
    REAL,
    MAX
  }

  @Option(
      names = "--speed",
      paramLabel = "real|max",
      description = "As recorded, or as fast as it goes. Default: real.")
  private @Nullable Speed speed;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write the summary there as JSON.")
  private @Nullable Path summary;

  @Option(names = "--stay", description = "Keep the dashboard after the run is over, until Ctrl-C.")
  private boolean stays;

  /** Whether the process goes on after the run. */
  boolean stays() {
    return stays;
  }

  Speed speed() {
    Speed named = speed;
    return named == null ? Speed.REAL : named;
  }

  /** Whether the pace of the recording was asked for. */
  boolean isRealNamed() {
    return speed == Speed.REAL;
  }

  /** Refuses a file that could not be written at the end, before anything is started. */
  void check() {
    if (summary != null) {
      checkWritable("--summary", summary);
    }
  }

  /** As {@link #check}, for commands that write files of their own. */
  static void checkWritable(String option, Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || parent == null) {
      throw new StartException(
          option + " " + file + " cannot be written: it is a folder; name a file in it");
    }
    if (!Files.isWritable(parent)) {
      throw new StartException(
          option
              + " "
              + file
              + " cannot be written: "
              + parent
              + " must be a folder that is there and can be written");
    }
  }

  /**
   * Prints a summary, and writes it where one is wished.
   *
   * @throws StartException if it cannot be written, or if the run lost or doubled an event
   */
  void report(RunSummary run, PrintStream out) {
    out.print(SummaryText.of(run));
    Path file = summary;
    if (file != null) {
      try {
        run.write(file);
      } catch (IOException e) {
        throw new StartException("the summary cannot be written to " + file + ": " + e, e);
      }
    }
    if (run.lost() > 0 || run.duplicated() > 0) {
      throw new StartException(
          "%d faces have no event and %d events came twice; are all stages running?"
              .formatted(run.lost(), run.duplicated()));
    }
  }
}
