package io.paffmem.dashboard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.chain.PngFaces;
import io.paffmem.chain.RestartableBroker;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.memory.Imagination;
import io.paffmem.dashboard.memory.QueriedMemories;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.quality.FaceMeter;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.pipeline.Pipeline;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.query.LocalMemories;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.web.WebConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Synthetic people who go through everything, in this process, and a dashboard that shows them. */
final class LivePeople implements AutoCloseable {
  static final String TOKEN = "a token with every right";
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PARTITIONS = 4;
  private static final double RATE = 10;
  private static final int SIDE = 96;
  private static final double VIDEO_SECONDS = 12;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Cluster cluster;
  private final Dashboard dashboard;
  private final FramePublisher publisher;
  private final ScheduledExecutorService cameras = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Future<?>> filmed = new HashMap<>();
  private final RestartableBroker broker;
  private final FaceMeter meter = new FaceMeter(SIDE);

  /**
   * Starts everything.
   *
   * @param loaded the PK, which becomes its own to close
   */
  LivePeople(Path folder, int seedingFrames, SavedModelPrior loaded) throws IOException {
    SavedModelPrior prior = keep(loaded);
    broker = RestartableBroker.start(folder.resolve("broker"));
    try {
      cluster = keep(Cluster.withoutRegistry(broker.clientSettings()));
      cluster.createTopics(PARTITIONS, (short) 1);
      Pipeline pipeline =
          keep(
              Pipeline.start(
                  cluster,
                  prior,
                  TopologyConfig.standard(prior.modelVersion(), PARTITIONS).toBuilder()
                      .seedingFrames(seedingFrames)
                      .seeding(SeedingPolicy.everyFrame())
                      .build(),
                  folder));
      dashboard =
          keep(
              Dashboard.start(
                  DashboardConfig.standard(WebConfig.local(0)),
                  AccessTokens.single(TOKEN),
                  cluster,
                  new QueriedMemories(new LocalMemories(pipeline::memory), Imagination.with(prior)),
                  Clock.systemUTC(),
                  new SimpleMeterRegistry()));
      publisher =
          keep(FramePublisher.connect(cluster.client(), cluster.serdes(), Clock.systemUTC()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Films somebody.
   *
   * @param number which of the synthetic people
   */
  void film(String person, int number) throws IOException {
    SyntheticVideo video =
        new SyntheticVideo(
            new SyntheticPeople(1).heldOut(number),
            1,
            new SyntheticVideo.Format(SIDE, SIDE, RATE, VIDEO_SECONDS));
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < video.frameCount(); i++) {
      // Red first, where the meter wants blue: sharpness is hardly another for that.
      byte[] crop = video.faceCrop(i);
      shots.add(new Shot(PngFaces.of(crop), meter.measure(crop, SIDE, 0, null, null, null)));
    }
    filmed.put(
        person,
        cameras.scheduleAtFixedRate(
            new Camera(publisher.stream(person, "camera-" + number), shots),
            0,
            (long) (1000 / RATE),
            TimeUnit.MILLISECONDS));
  }

  /** Films somebody no more. */
  void leaveAlone(String person) {
    requireNonNull(filmed.remove(person)).cancel(false);
  }

  /** A face as it is published. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Shot(byte[] png, FaceQuality quality) {}

  /** Plays its shots for ever. */
  private static final class Camera implements Runnable {
    private final FrameStream stream;
    private final List<Shot> shots;
    private int next;

    Camera(FrameStream stream, List<Shot> shots) {
      this.stream = stream;
      this.shots = shots;
    }

    @Override
    public void run() {
      Shot shot = shots.get(next % shots.size());
      long now = System.currentTimeMillis();
      stream.publish(next, now, shot.png(), null, shot.quality(), null, false);
      next++;
    }
  }

  /** Puts events of its own beside those of the pipeline. */
  Events events() {
    return new Events(cluster);
  }

  URI address() {
    return URI.create(dashboard.address() + "/");
  }

  /** As commands print it. */
  URI link() {
    return address().resolve("#token=" + TOKEN.replace(" ", "%20"));
  }

  /** Frames that a person's memory has perceived, as programs are told. */
  long perceived(String person) {
    HttpRequest request =
        HttpRequest.newBuilder(address().resolve("v1/people/" + person))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body())
          .get("framesPerceived")
          .asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops the broker, and starts it again with what it kept. */
  void restartBroker() {
    broker.stop();
    broker.startAgain();
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() {
    cameras.shutdownNow();
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    broker.close();
  }
}
