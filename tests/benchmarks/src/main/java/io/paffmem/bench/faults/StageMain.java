package io.paffmem.bench.faults;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.cluster.Cluster;
import io.paffmem.prior.tensorflow.BundledIdentity;
import io.paffmem.prior.tensorflow.BundledModel;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelIdentity;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.stage.ModelServer;
import io.paffmem.stage.ModelServerConfig;
import io.paffmem.start.StartException;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.config.TopologyConfig;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One stage beside a broker that uses no schema registry. It ends with status 3 when the stage
 * cannot go on, and well when it is asked to end.
 */
final class StageMain {
  static final String MODEL_SERVER = "model-server";
  static final String TOPOLOGY = "topology";

  private static final int FAILED = 3;

  private StageMain() {}

  /**
   * Runs the stage until the process is asked to end.
   *
   * @param args kind of stage, file of client settings, partitions, PK, and the instance's name or
   *     the folder of its stores
   */
  public static void main(String[] args) throws Exception {
    int partitions = Integer.parseInt(args[2]);
    Cluster cluster = connected(Path.of(args[1]));
    SavedModelPrior prior = load(args[3]);
    if (args[0].equals(MODEL_SERVER)) {
      SavedModelIdentity looks = BundledIdentity.beside(prior);
      ModelServer server =
          new ModelServer(
              ModelServerConfig.at(cluster.bootstrapServers(), args[4])
                  .on(cluster.clientProperties(), false),
              prior,
              looks,
              new TensorFlowImageDecoder(prior.imageSize()),
              cluster.serdes(),
              new SimpleMeterRegistry());
      server.start();
      run(server, server.whenFailed());
    } else {
      String model = prior.modelVersion();
      prior.close();
      AffectiveStream stream =
          new AffectiveStream(
              TopologyConfig.standard(model, partitions),
              cluster.stream(Path.of(args[4])).toBuilder().standbys(1).build(),
              cluster.serdes());
      stream.start();
      run(stream, stream.whenFailed());
    }
  }

  /** Waits for a broker that is away, as stages do. */
  private static Cluster connected(Path client) throws InterruptedException {
    while (true) {
      try {
        return Cluster.withoutRegistry(client);
      } catch (StartException e) {
        System.out.println(e.getMessage());
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private static SavedModelPrior load(String model) {
    return BundledModel.labelled(model)
        .map(bundled -> bundled.load(Device.CPU))
        .orElseGet(() -> SavedModelPrior.load(Path.of(model), Device.CPU));
  }

  private static void run(AutoCloseable stage, CompletableFuture<Throwable> failed) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    stage.close();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
    failed.join().printStackTrace();
    System.exit(FAILED);
  }
}
