package io.paffmem.app;

import io.paffmem.start.StartException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Stands where the benchmarks would: they are not in the application, but the launcher of a
 * checkout brings them.
 */
@Command(
    name = "bench",
    description = "Measures this machine; docs/benchmarks.md has figures to compare with.")
final class NoBenchmarks implements Runnable {
  @Unmatched private List<String> ignored = new ArrayList<>();

  @Override
  public void run() {
    throw new StartException(
        "the benchmarks are not in the application; './paffmem bench' in a checkout of its sources"
            + " builds and runs them");
  }
}
