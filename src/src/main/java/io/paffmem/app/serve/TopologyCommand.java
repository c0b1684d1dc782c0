package io.paffmem.app.serve;

import io.paffmem.access.AccessTokens;
import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.OperationsOptions;
import io.paffmem.app.options.StageOptions;
import io.paffmem.app.options.StartOptions;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.cluster.Cluster;
import io.paffmem.operations.Operations;
import io.paffmem.prior.tensorflow.BundledModel;
import io.paffmem.query.MemoryRoutes;
import io.paffmem.schemas.Topics;
import io.paffmem.start.StartException;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.StreamSettings;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.task.QueryAnswer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The memory's stream alone. */
@Command(
    name = "topology",
    description = {
      "Runs the stream that keeps each person's memory: embeddings to emotions.",
      "With --operations-port and tokens it also tells memories, to dashboards and programs."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class TopologyCommand implements Callable<Integer> {
  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description =
          "The active PK: its version, as the model server prints it at its start, or standard or"
              + " open for one in the box. Frames of another PK leave the memory alone. Default:"
              + " standard.")
  private String modelVersion = BundledModel.STANDARD.label();

  @Option(
      names = "--state",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the RocksDB stores, of this instance alone.")
  private Path state;

  @Mixin private StageOptions stages;
  @Mixin private StreamOptions stream;
  @Mixin private ClusterOptions cluster;
  @Mixin private OperationsOptions operations;
  @Mixin private StartOptions start;
  @Mixin private AccessOptions access;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String active =
        BundledModel.labelled(modelVersion).map(BundledModel::version).orElse(modelVersion);
    Optional<AccessTokens> tokens = access.tokensIfAny(spec);
    try (Shutdown shutdown = Shutdown.within(Shutdown.STAGE_LIMIT);
        Operations open = operations.open();
        Cluster remote = cluster.nameRemote()) {
      // What is wrong with the options is said before the cluster is there.
      var unused = config(active, 1);
      StreamSettings settings = stream.settings(remote, state, operations.address());
      AtomicReference<@Nullable AffectiveStream> later = new AtomicReference<>();
      open.serve(
          routes ->
              tokens.ifPresent(
                  good ->
                      new MemoryRoutes(good, person -> memory(later.get(), person), false)
                          .addTo(routes)));
      start.await(
          remote,
          open,
          Topics.EMBEDDINGS,
          Topics.SEEDS,
          Topics.PERSON_COMMANDS,
          Topics.MEMORY_IMPORTS);
      try (AffectiveStream running =
          new AffectiveStream(
              config(active, remote.checkTopics()), settings, remote.serdes(), open.meters())) {
        later.set(running);
        run(active, running, remote, open, shutdown);
      }
    }
    return 0;
  }

  private void run(
      String active, AffectiveStream running, Cluster remote, Operations open, Shutdown shutdown) {
    open.checkBroker(remote.client(), Topics.EMBEDDINGS);
    open.check(running::problem);
    running.start();
    open.started();
    System.out.println("Topology with PK " + active + ", state in " + state);
    Optional<Throwable> failure = shutdown.await(running.whenFailed());
    open.stopping();
    if (failure.isPresent()) {
      throw StartException.ofStage(failure.get());
    }
  }

  private TopologyConfig config(String active, int partitions) {
    return stream.topology(stages.topology(active, partitions, WaitingLimit.AT_ONCE));
  }

  private static QueryAnswer memory(@Nullable AffectiveStream running, String person) {
    return running == null
        ? new QueryAnswer.Unavailable("the stream has not started yet")
        : running.memory(person);
  }
}
