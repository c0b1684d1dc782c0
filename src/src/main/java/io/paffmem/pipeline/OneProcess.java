package io.paffmem.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.access.Pseudonyms;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.Dashboard;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.memory.Imagination;
import io.paffmem.dashboard.memory.QueriedMemories;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.query.LocalMemories;
import io.paffmem.start.Opened;
import io.paffmem.start.StartException;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.web.WebConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Everything but a source of frames in this process: a broker, the stages on it, and, where it is
 * wished, the dashboard. Opened in this order, closed in reverse.
 */
public final class OneProcess implements AutoCloseable {
  private final Opened opened = new Opened();
  private final Cluster cluster;
  private final PriorKnowledge prior;
  private final MeterRegistry meters;
  private final DiskWatch disk;
  private final Pipeline pipeline;
  private @Nullable Dashboard dashboard;

  /** The settings of the memory's stream, made when the PK and the topics are known. */
  @FunctionalInterface
  public interface StreamOf {
    /**
     * The settings for a PK and its topics.
     *
     * @param partitions of every topic
     */
    TopologyConfig topology(String modelVersion, int partitions);
  }

  private OneProcess(
      Cluster cluster,
      PriorKnowledge prior,
      StreamOf stream,
      @Nullable Path data,
      boolean requireConsent,
      MeterRegistry meters) {
    this.cluster = opened.keep(cluster);
    this.prior = prior;
    this.meters = meters;
    try {
      disk =
          opened.keep(
              DiskWatch.of(data == null ? Path.of(System.getProperty("java.io.tmpdir")) : data));
      pipeline =
          opened.keep(
              Pipeline.start(
                  cluster,
                  prior,
                  stream.topology(prior.modelVersion(), cluster.checkTopics()),
                  data,
                  requireConsent,
                  meters));
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Starts the stages and returns when every partition has its worker.
   *
   * @param cluster closed with this, and where this throws
   * @param prior the caller's to close, after this
   * @param data folder that outlives the run; null for a temporary one
   * @param requireConsent whether frames without a reference to a consent become dead letters
   * @param meters where everything counts
   * @throws StartException if a stage cannot start
   */
  public static OneProcess start(
      Cluster cluster,
      PriorKnowledge prior,
      StreamOf stream,
      @Nullable Path data,
      boolean requireConsent,
      MeterRegistry meters) {
    return new OneProcess(cluster, prior, stream, data, requireConsent, meters);
  }

  /**
   * Opens the dashboard, which shows memories from this process; once.
   *
   * @param pseudonyms what people are called on the topics
   * @return it, closed with this
   */
  public Dashboard showDashboard(WebConfig web, AccessTokens tokens, Pseudonyms pseudonyms) {
    Dashboard shown =
        opened.keep(
            Dashboard.start(
                DashboardConfig.standard(web).with(pseudonyms),
                tokens,
                cluster,
                new QueriedMemories(
                    new LocalMemories(person -> pipeline.memory(pseudonyms.of(person))),
                    Imagination.with(prior)),
                Clock.systemUTC(),
                meters));
    dashboard = shown;
    return shown;
  }

  /** The broker of this process. */
  public Cluster cluster() {
    return cluster;
  }

  /** Why a stage does not do its work now, in plain words; empty if all do. */
  public Optional<String> problem() {
    return pipeline.problem();
  }

  /** Why a stage or the dashboard cannot go on; empty while all work. */
  public Optional<Throwable> failure() {
    Dashboard shown = dashboard;
    // First: what the others say then comes of it.
    return disk.failure()
        .or(pipeline::failure)
        .or(
            () ->
                shown == null
                    ? Optional.empty()
                    : Optional.ofNullable(shown.whenFailed().getNow(null)));
  }

  /**
   * Throws what {@link #failure} has.
   *
   * @throws StartException if a stage or the dashboard cannot go on
   */
  public void throwFailure() {
    Optional<Throwable> failure = failure();
    if (failure.isPresent()) {
      throw StartException.ofStage(failure.get());
    }
  }

  /** Completes with {@link #failure} when there is one; never, if there is none. */
  public CompletableFuture<Throwable> whenFailed() {
    Dashboard shown = dashboard;
    CompletableFuture<Throwable> stages =
        pipeline.whenFailed().applyToEither(disk.whenFull(), failure -> failure);
    return shown == null ? stages : stages.applyToEither(shown.whenFailed(), failure -> failure);
  }

  @Override
  public void close() {
    opened.close();
  }
}
