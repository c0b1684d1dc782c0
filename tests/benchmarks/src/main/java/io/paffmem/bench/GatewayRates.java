package io.paffmem.bench;

import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;

/**
 * What a gateway passes on, and what memory it takes, in a process of its own; feeds and broker are
 * in this one, and share the cores with it.
 */
public final class GatewayRates {
  private static final int MAX_HEAP_MEGABYTES = 256;
  private static final int PICTURES = 50;
  private static final double CAMERA_RATE = 25;
  private static final Duration TO_SETTLE = Duration.ofSeconds(2);

  private final Path client;
  private final Duration time;
  private int runs;

  /**
   * @param client settings of the clients of a broker with the topics
   * @param time that each figure is measured for
   */
  public GatewayRates(Path client, Duration time) {
    this.client = client;
    this.time = time;
  }

  /**
   * Measures.
   *
   * @param feeds that publish as fast as they are answered
   * @param idle feeds that are open and say nothing, and {@code busy} ones beside them that send a
   *     camera's pictures 25 times a second
   * @return figures by name, in the order in which they were taken
   */
  public Map<String, Object> measure(int feeds, int idle, int busy)
      throws IOException, InterruptedException, ExecutionException {
    Map<String, Object> figures = new LinkedHashMap<>();
    List<byte[]> crops = pictures(new SyntheticVideo.Format(96, 96, CAMERA_RATE, 2));
    List<byte[]> whole = pictures(new SyntheticVideo.Format(640, 480, CAMERA_RATE, 2));
    HttpClient http = HttpClient.newHttpClient();
    try (GatewayProcess gateway = GatewayProcess.start(client, 0, MAX_HEAP_MEGABYTES)) {
      figures.put("residentBytesAtStart", gateway.residentBytes());
      List<FeedClient> quiet = new ArrayList<>();
      try {
        for (int i = 0; i < idle; i++) {
          quiet.add(
              FeedClient.open(
                  http, gateway.address(), GatewayProcess.TOKEN, "idle-" + i, Map.of()));
        }
        Thread.sleep(TO_SETTLE.toMillis());
        figures.put("residentBytesIdleFeeds", gateway.residentBytes());
        Map<String, ?> camera = Map.of("rate", CAMERA_RATE);
        List<LoadFeed.Replies> outcomes = run(http, gateway, busy, camera, whole, CAMERA_RATE);
        figures.put("residentBytesIdleAndBusyFeeds", gateway.residentBytes());
        figures.put("busyAcceptedPerSecond", perSecond(accepted(outcomes)));
        figures.put("busyRefusals", refusals(outcomes));
      } finally {
        quiet.forEach(FeedClient::close);
      }
    }
    // Another one, so that neither finds what the other has warmed up or left behind.
    try (GatewayProcess gateway = GatewayProcess.start(client, 0, MAX_HEAP_MEGABYTES)) {
      for (String picture : List.of("face", "whole")) {
        Map<String, ?> fields = Map.of("picture", picture, "rate", 1_000);
        List<byte[]> pictures = picture.equals("face") ? crops : whole;
        var unused = run(http, gateway, feeds, fields, pictures, Double.POSITIVE_INFINITY);
        List<LoadFeed.Replies> outcomes =
            run(http, gateway, feeds, fields, pictures, Double.POSITIVE_INFINITY);
        figures.put(picture + "AcceptedPerSecond", perSecond(accepted(outcomes)));
        figures.put(picture + "Refusals", refusals(outcomes));
      }
      figures.put("residentBytesAfterwards", gateway.residentBytes());
    }
    return figures;
  }

  private List<LoadFeed.Replies> run(
      HttpClient http,
      GatewayProcess gateway,
      int feeds,
      Map<String, ?> fields,
      List<byte[]> pictures,
      double rate)
      throws InterruptedException, ExecutionException {
    // People of this run alone: their numbers begin at 0.
    runs++;
    ExecutorService pool = Executors.newFixedThreadPool(feeds);
    try {
      List<Future<LoadFeed.Replies>> running = new ArrayList<>();
      for (int i = 0; i < feeds; i++) {
        running.add(
            pool.submit(
                new LoadFeed(
                    http,
                    gateway.address(),
                    GatewayProcess.TOKEN,
                    "feed-" + runs + "-" + i,
                    fields,
                    pictures,
                    rate,
                    time)));
      }
      List<LoadFeed.Replies> outcomes = new ArrayList<>();
      for (Future<LoadFeed.Replies> feed : running) {
        outcomes.add(feed.get());
      }
      return outcomes;
    } finally {
      pool.shutdownNow();
    }
  }

  private double perSecond(long frames) {
    return frames / (time.toMillis() / 1e3);
  }

  private static long accepted(List<LoadFeed.Replies> outcomes) {
    return outcomes.stream().mapToLong(outcome -> outcome.accepted().cardinality()).sum();
  }

  private static Map<String, Long> refusals(List<LoadFeed.Replies> outcomes) {
    Map<String, Long> all = new LinkedHashMap<>();
    outcomes.forEach(
        outcome -> outcome.refusals().forEach((code, count) -> all.merge(code, count, Long::sum)));
    return all;
  }

  private static List<byte[]> pictures(SyntheticVideo.Format format) throws IOException {
    SyntheticVideo video = new SyntheticVideo(new SyntheticPeople(1).heldOut(0), 1, format);
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = video.frame(i).image();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "jpg", bytes);
      pictures.add(bytes.toByteArray());
    }
    return pictures;
  }
}
