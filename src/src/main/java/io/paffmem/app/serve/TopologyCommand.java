package io.paffmem.app.serve;

import io.paffmem.access.AccessMeters;
import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.OperationsOptions;
import io.paffmem.app.options.StageOptions;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.cluster.Cluster;
import io.paffmem.operations.Operations;
import io.paffmem.pipeline.StateFolder;
import io.paffmem.prior.tensorflow.BundledModel;
import io.paffmem.schemas.Topics;
import io.paffmem.start.StartException;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.web.WebServer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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
  @Mixin private MemoriesOptions memories;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String active =
        BundledModel.labelled(modelVersion).map(BundledModel::version).orElse(modelVersion);
    MemoriesOptions.Told told = memories.check(spec);
    try (Shutdown shutdown = Shutdown.within(Shutdown.STAGE_LIMIT);
        Operations open = operations.open();
        Cluster remote = cluster.openRemote();
        AffectiveStream running =
            new AffectiveStream(
                stream.topology(
                    stages.topology(active, remote.checkTopics(), WaitingLimit.AT_ONCE)),
                stream.settings(remote, state, told == null ? null : told.advertised()),
                remote.serdes(),
                open.meters())) {
      open.checkBroker(remote.client(), Topics.EMBEDDINGS);
      open.check(running::problem);
      open.serve();
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
    return 0;
  }
}
