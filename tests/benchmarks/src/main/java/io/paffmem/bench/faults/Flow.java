package io.paffmem.bench.faults;

import io.paffmem.broker.EmbeddedBroker;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A broker in this process, two model servers and two topologies with a standby each in processes
 * of their own, and a judge.
 */
final class Flow implements AutoCloseable {
  static final int PARTITIONS = 4;

  private static final int INSTANCES = 2;
  private static final int PAUSE_BETWEEN_RESTARTS_SECONDS = 5;

  private final Path folder;
  private final EmbeddedBrokerConfig config;
  private final Cluster cluster;
  private final Judge judge;
  private final List<StageProcess> modelServers = new ArrayList<>();
  private final List<StageProcess> topologies = new ArrayList<>();

  /** Should this process be ended half-way through, the others go with it. */
  private final Thread killer = new Thread(this::killAll, "faults-killer");

  private EmbeddedBroker broker;
  private int endedByThemselves;
  private volatile boolean closing;

  /**
   * Starts everything.
   *
   * @param model the PK, as {@code --model} names it
   */
  Flow(String model) throws IOException {
    folder = Files.createTempDirectory("paffmem-faults-");
    config = EmbeddedBrokerConfig.in(folder.resolve("broker")).withPort(freePort());
    broker = EmbeddedBroker.start(config);
    Path client = broker.clientSettings();
    cluster = Cluster.withoutRegistry(client);
    Runtime.getRuntime().addShutdownHook(killer);
    cluster.createTopics(PARTITIONS, (short) 1);
    judge = new Judge(cluster.client(), Emotion.getClassSchema(), PARTITIONS);
    for (int i = 1; i <= INSTANCES; i++) {
      String instance = Integer.toString(i);
      String state = folder.resolve("state-" + i).toString();
      modelServers.add(stage(StageMain.MODEL_SERVER, client, model, instance, instance));
      topologies.add(stage(StageMain.TOPOLOGY, client, model, state, instance));
    }
  }

  private StageProcess stage(
      String kind, Path client, String model, String nameOrFolder, String instance)
      throws IOException {
    return new StageProcess(
        folder.resolve(kind + "-" + instance + ".log"),
        List.of(kind, client.toString(), Integer.toString(PARTITIONS), model, nameOrFolder));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Judge judge() {
    return judge;
  }

  /** Where what the stages say is kept until this is closed. */
  Path folder() {
    return folder;
  }

  /**
   * A publisher into it.
   *
   * @param beginMillis when everybody's first frame was taken
   */
  FrameFeed feed(List<List<byte[]>> faces, double framesPerSecond, long beginMillis) {
    Frame frame =
        Frame.newBuilder()
            .setIdentity(new FrameIdentity("any", "any", 0L))
            .setCapturedAtMillis(beginMillis)
            .setImage(ByteBuffer.allocate(0))
            .build();
    byte[] specimen = cluster.serdes().of(Frame.class).encode(Topics.FRAMES, frame);
    return new FrameFeed(
        cluster.client(), Frame.getClassSchema(), specimen, faces, framesPerSecond, beginMillis);
  }

  /**
   * Lets something happen, and returns when it is over: what was killed or stopped has been started
   * again, what was paused goes on.
   *
   * @param instance which of the stages, 0 or 1
   * @param absence how long a pause or the broker's absence takes
   * @param out is told of stages that had ended by themselves
   */
  void suffer(Fault fault, int instance, Duration absence, PrintStream out)
      throws IOException, InterruptedException {
    revive(out);
    switch (fault) {
      case KILL_TOPOLOGY -> kill(topologies.get(instance));
      case KILL_MODEL_SERVER -> kill(modelServers.get(instance));
      case PAUSE_TOPOLOGY -> pause(topologies.get(instance), absence);
      case PAUSE_MODEL_SERVER -> pause(modelServers.get(instance), absence);
      case STOP_BROKER -> {
        broker.close();
        TimeUnit.MILLISECONDS.sleep(absence.toMillis());
        broker = EmbeddedBroker.start(config);
      }
      case ROLLING_RESTART -> {
        for (StageProcess stage : stages()) {
          stage.stop();
          stage.startAgain();
          TimeUnit.SECONDS.sleep(PAUSE_BETWEEN_RESTARTS_SECONDS);
        }
      }
    }
  }

  private static void kill(StageProcess stage) throws IOException, InterruptedException {
    stage.kill();
    stage.startAgain();
  }

  private static void pause(StageProcess stage, Duration absence)
      throws IOException, InterruptedException {
    stage.pause();
    try {
      TimeUnit.MILLISECONDS.sleep(absence.toMillis());
    } finally {
      stage.resume();
    }
  }

  /** Starts again what has ended by itself, as a supervisor does, and tells of it. */
  void revive(PrintStream out) throws IOException {
    for (StageProcess stage : stages()) {
      if (!closing && !stage.isAlive()) {
        endedByThemselves++;
        out.println(stage.lastWords());
        stage.startAgain();
      }
    }
  }

  /** How often a stage ended that nobody had asked to. */
  int endedByThemselves() {
    return endedByThemselves;
  }

  private List<StageProcess> stages() {
    return Stream.concat(modelServers.stream(), topologies.stream()).toList();
  }

  private void killAll() {
    closing = true;
    stages().forEach(StageProcess::killNow);
    broker.close();
    deleteFolder();
  }

  @Override
  public void close() {
    judge.close();
    stages().forEach(StageProcess::close);
    cluster.close();
    broker.close();
    Runtime.getRuntime().removeShutdownHook(killer);
    deleteFolder();
  }

  private void deleteFolder() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder " + folder + " cannot be deleted", e);
    }
  }
}
