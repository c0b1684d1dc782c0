package io.paffmem.app.options;

import io.paffmem.cluster.Cluster;
import io.paffmem.operations.Operations;
import io.paffmem.pipeline.OneProcess;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.start.Problems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/**
 * Everything in one process, where no cluster is named: of the commands that bring a source of
 * frames to it.
 */
@SuppressWarnings("NullAway.Init") // mixins are set by picocli
public final class OneProcessOptions {
  @Mixin private StageOptions stages;
  @Mixin private ModelOptions model;
  @Mixin private ClusterOptions cluster;
  @Mixin private OperationsOptions operations;
  @Mixin private DashboardOptions dashboard;

  /** Adds values that are out of range or contradict one another, before anything is opened. */
  public void check(Problems problems) {
    cluster.check(problems);
    stages.check(problems);
    dashboard.check(cluster, problems);
  }

  /** Whether the broker and all stages are to run in this process. */
  public boolean isEmbedded() {
    return cluster.isEmbedded();
  }

  /** Folder that outlives the run; null if there is none. */
  public @Nullable Path data() {
    return cluster.data();
  }

  /** Opens the operations; nothing is served yet. */
  public Operations openOperations() {
    return operations.open();
  }

  /** Loads the PK of the stages in this process. */
  public SavedModelPrior loadModel() {
    return model.load();
  }

  /**
   * Starts a broker and all stages in this process, as parts of its operations.
   *
   * @param hasher what people stand by in the store and in logs
   * @param usual how long frames wait for imagined faces where no limit is named
   * @param requireConsent whether frames without a reference to a consent become dead letters
   */
  public OneProcess start(
      SavedModelPrior prior,
      Operations open,
      PersonHasher hasher,
      WaitingLimit usual,
      boolean requireConsent) {
    OneProcess process =
        OneProcess.start(
            cluster.open(),
            prior,
            (model, partitions) ->
                stages.topology(model, partitions, usual).toBuilder().hasher(hasher).build(),
            cluster.data(),
            requireConsent,
            open.meters());
    open.check(process::problem);
    System.out.printf(
        "Broker on %s, PK %s on %s%n",
        process.cluster().bootstrapServers(), prior.modelVersion(), prior.device());
    process
        .cluster()
        .clientSettings()
        .ifPresent(file -> System.out.printf("  for its clients: --kafka-settings %s%n", file));
    return process;
  }

  /**
   * Connects to the cluster that is named.
   *
   * @throws io.paffmem.start.StartException if its topics are not those of the flow
   */
  public Cluster openRemote() {
    Cluster remote = cluster.openRemote();
    try {
      remote.checkTopics();
      return remote;
    } catch (RuntimeException e) {
      remote.close();
      throw e;
    }
  }

  /** As the other, for a stage that waits for its cluster: nobody is asked whether it answers. */
  public Cluster nameRemote() {
    return cluster.nameRemote();
  }

  /** The dashboard of this process. */
  public DashboardOptions dashboard() {
    return dashboard;
  }
}
