package io.paffmem.app.run;

import io.paffmem.app.options.SummaryOption;
import io.paffmem.ledger.RunSummary;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

  @Option(names = "--stay", description = "Keep the dashboard after the run is over, until Ctrl-C.")
  private boolean stays;

  @Mixin private SummaryOption summary = new SummaryOption();

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

  /** Adds why the summary could not be written at the end, before anything is started. */
  void check(Problems problems) {
    summary.check(problems);
  }

  /**
   * Prints a summary, and writes it where one is wished.
   *
   * @throws StartException if it cannot be written, or if the run lost or doubled an event; one
   *     that was interrupted did not wait for its last events
   */
  void report(RunSummary run, PrintStream out) {
    out.print(SummaryText.of(run));
    summary.write(run);
    if ((run.lost() > 0 && !run.interrupted()) || run.duplicated() > 0) {
      throw new StartException(
          "%d faces have no event and %d events came twice; are all stages running?"
              .formatted(run.lost(), run.duplicated()));
    }
  }
}
