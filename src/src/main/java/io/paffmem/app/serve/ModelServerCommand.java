package io.paffmem.app.serve;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.GuardOption;
import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.options.OperationsOptions;
import io.paffmem.app.options.StartOptions;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.cluster.Cluster;
import io.paffmem.operations.Operations;
import io.paffmem.prior.tensorflow.BundledIdentity;
import io.paffmem.prior.tensorflow.SavedModelIdentity;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.schemas.Topics;
import io.paffmem.stage.ModelServer;
import io.paffmem.stage.ModelServerConfig;
import io.paffmem.stage.ModelServerConfig.Workers;
import io.paffmem.start.StartException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The model server alone. */
@Command(
    name = "model-server",
    description = "Runs encode (frames to embeddings) and imagine (seed-requests to seeds).")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class ModelServerCommand implements Callable<Integer> {
  @Option(
      names = "--instance-id",
      paramLabel = "ID",
      description =
          "Name of this instance, another for each; a restart keeps it. Default ${DEFAULT-VALUE}.")
  private String instanceId = "1";

  @Option(names = "--encode-workers", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
  private int encodeWorkers = 2;

  @Option(names = "--imagine-workers", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
  private int imagineWorkers = 1;

  @Option(
      names = "--require-consent",
      description = "Frames without a consent reference in their headers become dead letters.")
  private boolean requireConsent;

  @Mixin private ModelOptions model;
  @Mixin private GuardOption guard;
  @Mixin private ClusterOptions cluster;
  @Mixin private OperationsOptions operations;
  @Mixin private StartOptions start;

  @Override
  public Integer call() {
    try (Shutdown shutdown = Shutdown.within(Shutdown.STAGE_LIMIT);
        Operations open = operations.open();
        Cluster remote = cluster.nameRemote();
        SavedModelPrior prior = model.load();
        SavedModelIdentity looks = guard.isOn() ? BundledIdentity.beside(prior) : null;
        TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(prior.imageSize());
        ModelServer server =
            new ModelServer(
                config(remote), prior, looks, decoder, remote.serdes(), open.meters())) {
      open.check(server::problem);
      open.serve();
      start.await(remote, open, server::lacking, Topics.FRAMES, Topics.SEED_REQUESTS);
      open.checkBroker(remote.client(), Topics.FRAMES);
      server.start();
      open.started();
      System.out.println(
          "Model server %s with PK %s on %s"
              .formatted(instanceId, prior.modelVersion(), prior.device()));
      Optional<Throwable> failure = shutdown.await(server.whenFailed());
      open.stopping();
      if (failure.isPresent()) {
        throw StartException.ofStage(failure.get());
      }
    }
    return 0;
  }

  private ModelServerConfig config(Cluster remote) {
    try {
      ModelServerConfig standard = ModelServerConfig.at(remote.bootstrapServers(), instanceId);
      return new ModelServerConfig(
          remote.bootstrapServers(),
          instanceId,
          new Workers(standard.encode().group(), encodeWorkers, standard.encode().batchSize()),
          new Workers(standard.imagine().group(), imagineWorkers, standard.imagine().batchSize()),
          standard.transactionTimeoutMillis(),
          requireConsent,
          remote.clientProperties());
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }
}
