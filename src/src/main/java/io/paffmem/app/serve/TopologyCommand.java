package io.paffmem.app.serve;

import io.paffmem.access.AccessMeters;
import io.paffmem.access.Pseudonyms;
import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.OperationsOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.options.StageOptions;
import io.paffmem.app.options.StartOptions;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.cluster.Cluster;
import io.paffmem.operations.Operations;
import io.paffmem.pipeline.StateFolder;
import io.paffmem.prior.tensorflow.BundledModel;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.start.StartException;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.StreamSettings;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.web.WebServer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "With --memories-port and tokens it also tells memories, to dashboards and programs."
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
  @Mixin private MemoriesOptions memories;
  @Mixin private SecretOptions secret;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String active =
        BundledModel.labelled(modelVersion).map(BundledModel::version).orElse(modelVersion);
    Pseudonyms pseudonyms = secret.pseudonyms();
    PersonHasher hasher = PersonHasher.by(pseudonyms.hashKey());
    MemoriesOptions.Told told = memories.check(spec, secret, pseudonyms);
    try (Shutdown shutdown = Shutdown.within(Shutdown.STAGE_LIMIT);
        Operations open = operations.open();
        Cluster remote = cluster.nameRemote()) {
      // What is wrong with the options is said before the cluster is there.
      var unused = config(active, 1, hasher);
      StreamSettings settings =
          stream.settings(remote, state, told == null ? null : told.advertised());
      open.serve();
      start.await(
          remote,
          open,
          Topics.EMBEDDINGS,
          Topics.SEEDS,
          Topics.PERSON_COMMANDS,
          Topics.MEMORY_IMPORTS,
          Topics.TEACHINGS);
      try (AffectiveStream running =
          new AffectiveStream(
              config(active, remote.checkTopics(), hasher),
              settings,
              remote.serdes(),
              open.meters())) {
        SecretOptions.tellOfStage(pseudonyms);
        run(active, told, running, remote, open, shutdown);
      }
    }
    return 0;
  }

  private void run(
      String active,
      MemoriesOptions.@Nullable Told told,
      AffectiveStream running,
      Cluster remote,
      Operations open,
      Shutdown shutdown) {
    open.checkBroker(remote.client(), Topics.EMBEDDINGS);
    open.check(running::problem);
    StateFolder.close(state);
    if (told != null) {
      AccessMeters.bind(open.meters(), told.tokens());
    }
    WebServer serving = told == null ? null : told.serve(running::memory);
    try {
      running.start();
      open.started();
      System.out.println("Topology with PK " + active + ", state in " + state);
      Optional<Throwable> failure = shutdown.await(running.whenFailed());
      open.stopping();
      if (failure.isPresent()) {
        throw StartException.ofStage(failure.get());
      }
    } finally {
      if (serving != null) {
        serving.close();
      }
    }
  }

  private TopologyConfig config(String active, int partitions, PersonHasher hasher) {
    return stream.topology(stages.topology(active, partitions, WaitingLimit.AT_ONCE)).toBuilder()
        .hasher(hasher)
        .build();
  }
}
