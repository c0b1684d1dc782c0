package io.paffmem.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.Dashboard;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.memory.NoMemories;
import io.paffmem.web.WebConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A dashboard in a process of its own, beside a broker that uses no schema registry. */
final class DashboardProcess implements AutoCloseable {
  /** The token that is good there. */
  static final String TOKEN = "a token for one process";

  private static final long LOOK_NANOS = 50_000_000;

  private final ListeningProcess process;

  private DashboardProcess(ListeningProcess process) {
    this.process = process;
  }

  static DashboardProcess start(Path client, int maxHeapMegabytes) throws IOException {
    return new DashboardProcess(
        ListeningProcess.start(
            DashboardProcess.class, maxHeapMegabytes, List.of(client.toString())));
  }

  /**
   * Runs the dashboard until standard input ends.
   *
   * @param args file of client settings
   */
  public static void main(String[] args) throws IOException {
    try (Cluster cluster = Cluster.withoutRegistry(Path.of(args[0]));
        Dashboard dashboard =
            Dashboard.start(
                DashboardConfig.standard(WebConfig.local(0)),
                AccessTokens.single(TOKEN),
                cluster,
                new NoMemories(),
                Clock.systemUTC(),
                new SimpleMeterRegistry())) {
      while (dashboard.problem().isPresent()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      ListeningProcess.serve(dashboard.port());
      System.err.println(dashboard.counts());
    }
  }

  int port() {
    return process.port();
  }

  long residentBytes() throws IOException {
    return process.residentBytes();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
