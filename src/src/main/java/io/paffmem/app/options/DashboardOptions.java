package io.paffmem.app.options;

import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.Dashboard;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.memory.Imagination;
import io.paffmem.dashboard.memory.QueriedMemories;
import io.paffmem.ingest.access.AccessTokens;
import io.paffmem.ingest.web.WebConfig;
import io.paffmem.operations.Operations;
import io.paffmem.pipeline.Pipeline;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.query.LocalMemories;
import io.paffmem.start.StartException;
import java.time.Clock;
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

  /**
   * Refuses options that contradict one another, before anything is opened.
   *
   * @throws StartException if they do
   */
  public void check(ClusterOptions cluster) {
    if (port != null && isOff) {
      throw new StartException("--dashboard-port contradicts --no-dashboard");
    }
    if (port != null && !cluster.isEmbedded()) {
      throw new StartException(
          "--dashboard-port is for the dashboard in this process; with --bootstrap-servers run"
              + " paffmem dashboard beside it");
    }
  }

  /** Starts one over the stages in this process, as a part of its operations. */
  public static Dashboard start(
      WebConfig web,
      AccessTokens tokens,
      Cluster cluster,
      Pipeline pipeline,
      PriorKnowledge prior,
      Operations operations) {
    Dashboard dashboard =
        Dashboard.start(
            DashboardConfig.standard(web),
            tokens,
            cluster,
            new QueriedMemories(new LocalMemories(pipeline::memory), Imagination.with(prior)),
            Clock.systemUTC(),
            operations.meters());
    operations.check(dashboard::problem);
    return dashboard;
  }
}
