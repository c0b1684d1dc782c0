package io.paffmem.app.options;

import io.paffmem.start.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The dashboard of a command that runs everything in one process. */
public final class DashboardOptions {
  @Option(names = "--no-dashboard", description = "Without the page that shows it live.")
  private boolean isOff;

  @Option(
      names = "--dashboard-port",
      paramLabel = "PORT",
      description = "Of that page. Default: any free one; with gateway 8090.")
  private @Nullable Integer port;

  /** The port that was named, or another. */
  public int port(int without) {
    return port == null ? without : port;
  }

  /** Whether there is to be one. */
  public boolean isOn() {
    return !isOff;
  }

  /** Adds what contradicts. */
  void check(ClusterOptions cluster, Problems problems) {
    problems.addIf(port != null && isOff, "--dashboard-port contradicts --no-dashboard");
    problems.addIf(
        port != null && !cluster.isEmbedded(),
        "--dashboard-port is for the dashboard in this process; with --bootstrap-servers run"
            + " paffmem dashboard beside it");
  }
}
