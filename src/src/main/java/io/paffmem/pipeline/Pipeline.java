package io.paffmem.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.cluster.Cluster;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.prior.tensorflow.BundledIdentity;
import io.paffmem.prior.tensorflow.SavedModelIdentity;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.schemas.Topics;
import io.paffmem.stage.ModelServer;
import io.paffmem.stage.ModelServerConfig;
import io.paffmem.start.StartException;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.StreamSettings;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.task.QueryAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The model server and the memory's stream in this process, on one cluster. */
public final class Pipeline implements AutoCloseable {
  private static final String INSTANCE = "1";

  private final TensorFlowImageDecoder decoder;
  private final @Nullable SavedModelIdentity looks;
  private final ModelServer modelServer;
  private final AffectiveStream stream;
  private final @Nullable Path temporary;

  private Pipeline(
      TensorFlowImageDecoder decoder,
      @Nullable SavedModelIdentity looks,
      ModelServer modelServer,
      AffectiveStream stream,
      @Nullable Path temporary) {
    this.decoder = decoder;
    this.looks = looks;
    this.modelServer = modelServer;
    this.stream = stream;
    this.temporary = temporary;
  }

  /** As the other, but nobody else sees what it counts. */
  public static Pipeline start(
      Cluster cluster, PriorKnowledge prior, TopologyConfig topology, @Nullable Path data) {
    return start(cluster, prior, topology, data, false, new SimpleMeterRegistry());
  }

  /**
   * Starts both and returns when every partition has its worker, so that nobody's first frames wait
   * for that. PK and cluster stay the caller's.
   *
   * @param data folder that outlives the run; null for a temporary state folder
   * @param requireConsent whether frames without a reference to a consent become dead letters
   * @param meters where both count
   * @throws StartException if a stage cannot start
   */
  public static Pipeline start(
      Cluster cluster,
      PriorKnowledge prior,
      TopologyConfig topology,
      @Nullable Path data,
      boolean requireConsent,
      MeterRegistry meters) {
    Path state = data == null ? temporaryFolder(cluster) : data;
    ModelServerConfig config =
        ModelServerConfig.at(cluster.bootstrapServers(), INSTANCE)
            .on(cluster.clientProperties(), requireConsent);
    TensorFlowImageDecoder decoder = null;
    SavedModelIdentity looks = null;
    ModelServer modelServer = null;
    Pipeline pipeline;
    try {
      decoder = new TensorFlowImageDecoder(prior.imageSize());
      looks = topology.guard() != null ? BundledIdentity.beside(prior) : null;
      modelServer = new ModelServer(config, prior, looks, decoder, cluster.serdes(), meters);
      AffectiveStream stream =
          new AffectiveStream(
              topology, cluster.stream(state.resolve("state")), cluster.serdes(), meters);
      pipeline = new Pipeline(decoder, looks, modelServer, stream, data == null ? state : null);
    } catch (RuntimeException e) {
      if (modelServer != null) {
        modelServer.close();
      }
      if (looks != null) {
        looks.close();
      }
      if (decoder != null) {
        decoder.close();
      }
      if (data == null) {
        delete(state);
      }
      throw e;
    }
    try {
      StateFolder.close(state.resolve("state"));
      pipeline.modelServer.start();
      pipeline.stream.start();
      cluster.awaitAssigned(
          Map.of(
              config.encode().group(),
              Topics.FRAMES,
              config.imagine().group(),
              Topics.SEED_REQUESTS,
              StreamSettings.APPLICATION,
              Topics.EMBEDDINGS),
          pipeline::failure);
      Optional<Throwable> failure = pipeline.failure();
      if (failure.isPresent()) {
        throw StartException.ofStage(failure.get());
      }
      return pipeline;
    } catch (RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }

  /** Why a stage does not do its work now, in plain words; empty if both do. */
  public Optional<String> problem() {
    return modelServer.problem().or(stream::problem);
  }

  /** A person's whole memory now; waits until its task is between two frames. */
  public QueryAnswer memory(String person) {
    return stream.memory(person);
  }

  /** Why a stage cannot go on; empty while all work. */
  public Optional<Throwable> failure() {
    return modelServer.failure().or(stream::failure);
  }

  /** Completes with {@link #failure} when a stage fails; never, if none does. */
  public CompletableFuture<Throwable> whenFailed() {
    return modelServer.whenFailed().applyToEither(stream.whenFailed(), failure -> failure);
  }

  @Override
  public void close() {
    // Side by side: a process that is asked to end has no time for one after the other.
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            modelServer::close, task -> new Thread(task, "model-server-close").start());
    try {
      stream.close();
    } finally {
      closing.join();
      if (looks != null) {
        looks.close();
      }
      decoder.close();
      if (temporary != null) {
        delete(temporary);
      }
    }
  }

  /** In the folder of the broker, which goes with it, after a kill too. */
  private static Path temporaryFolder(Cluster cluster) {
    try {
      Optional<Path> broker = cluster.folder();
      if (broker.isPresent()) {
        return Files.createTempDirectory(broker.get(), "state-");
      }
      return Files.createTempDirectory("paffmem-state-");
    } catch (IOException e) {
      throw new StartException(
          "no folder for the state can be made in "
              + System.getProperty("java.io.tmpdir")
              + " ("
              + e
              + "); name one with --data",
          e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder " + folder + " cannot be deleted", e);
    }
  }
}
