package io.paffmem.app.options;

import io.paffmem.cluster.Cluster;
import io.paffmem.operations.Operations;
import io.paffmem.start.StartException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a stage waits, before it starts, for the cluster that it needs. */
public final class StartOptions {
  private static final double MILLIS_PER_SECOND = 1_000;

  @Option(
      names = "--start-timeout",
      paramLabel = "SECONDS",
      description =
          "The command ends if the broker, its topics and the schema registry are not all there"
              + " within that time. Without it, the command waits for them, not ready, as long as"
              + " it takes.")
  private @Nullable Double seconds;

  /**
   * Waits until the cluster has what a stage needs; from then on, readiness depends on the schema
   * registry, too.
   *
   * @param read the topics that the stage reads
   * @throws StartException if the option is out of range, or the time is over
   */
  public void await(Cluster cluster, Operations open, String... read) {
    await(cluster, open, Optional::empty, read);
  }

  /**
   * As the other, for a stage that needs more than its cluster.
   *
   * @param more what else is not there, in plain words; empty if all is
   */
  public void await(
      Cluster cluster, Operations open, Supplier<Optional<String>> more, String... read) {
    open.await(() -> more.get().or(() -> cluster.lacking(List.of(read))), limit());
    open.checkRegistry(cluster.serdes());
  }

  private @Nullable Duration limit() {
    Double wished = seconds;
    if (wished == null) {
      return null;
    }
    if (!(wished >= 0 && wished <= Integer.MAX_VALUE)) {
      throw new StartException("--start-timeout is " + wished + ", must be at least 0");
    }
    return Duration.ofMillis(Math.round(wished * MILLIS_PER_SECOND));
  }
}
