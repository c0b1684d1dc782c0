package io.paffmem.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.bench.GatewayProcess;
import io.paffmem.bench.LoadFeed;
import io.paffmem.chain.PngFaces;
import io.paffmem.chain.QuietPorts;
import io.paffmem.chain.RestartableBroker;
import io.paffmem.cluster.Cluster;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.pipeline.Pipeline;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.topology.config.TopologyConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight feeds at 25 frames a second through gateway, broker, model server and memory, while the
 * gateway is killed and the broker goes away. {@code -Dpaffmem.feeds.seconds=60
 * -Dpaffmem.outage.seconds=10} is the full length.
 */
@Tag("broker")
@Tag("model")
final class FeedsToEventsTest {
  private static final int FEEDS = 8;
  private static final double RATE = 25;
  private static final int SECONDS = Integer.getInteger("paffmem.feeds.seconds", 9);
  private static final int OUTAGE_SECONDS = Integer.getInteger("paffmem.outage.seconds", 2);
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void feeds_gatewayKilledAndBrokerAway_everyAcceptedFrameIsExactlyOneEvent() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(FEEDS);
    try (RestartableBroker broker = RestartableBroker.start(folder.resolve("broker"));
        Cluster cluster = Cluster.withoutRegistry(broker.clientSettings());
        SavedModelPrior prior = SavedModelPrior.bundled(Device.CPU)) {
      cluster.createTopics(PARTITIONS, (short) 1);
      try (Pipeline pipeline =
          Pipeline.start(
              cluster,
              prior,
              TopologyConfig.standard(prior.modelVersion(), PARTITIONS).toBuilder()
                  .seedingFrames(1)
                  .build(),
              folder)) {
        GatewayProcess gateway =
            GatewayProcess.start(broker.clientSettings(), QuietPorts.next(), 256);
        List<byte[]> faces = faces();
        List<LoadFeed> people = new ArrayList<>();
        for (int i = 0; i < FEEDS; i++) {
          people.add(feed(gateway, i, faces));
        }
        // Together, so that each sees both outages.
        List<Future<LoadFeed.Replies>> feeds = people.stream().map(pool::submit).toList();
        pause(feeds.get(0));
        gateway.kill();
        gateway = GatewayProcess.start(broker.clientSettings(), gateway.port(), 256);
        pause(feeds.get(0));
        broker.stop();
        TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
        broker.startAgain();

        List<LoadFeed.Replies> outcomes = new ArrayList<>();
        for (Future<LoadFeed.Replies> feed : feeds) {
          outcomes.add(feed.get());
        }
        Map<FrameIdentity, Integer> events = events(cluster, outcomes);
        report(outcomes, events);

        assertThat(pipeline.failure()).isEmpty();
        assertThat(events).allSatisfy((frame, times) -> assertThat(times).isEqualTo(1));
        assertThat(missing(outcomes, events))
            .as(() -> whereabouts(cluster, missing(outcomes, events)))
            .isEmpty();
        for (LoadFeed.Replies outcome : outcomes) {
          assertThat(outcome.connections()).isGreaterThanOrEqualTo(2);
          assertThat(outcome.accepted().cardinality()).isGreaterThan((int) RATE);
          // What gathers while the gateway is down comes at once when it is back.
          assertThat(outcome.refusals().keySet()).isSubsetOf("busy", "rate_limited");
        }
        gateway.close();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Everybody has the same: people are told apart by their names. */
  private static List<byte[]> faces() throws IOException {
    SyntheticVideo video =
        new SyntheticVideo(
            new SyntheticPeople(1).heldOut(0), 1, new SyntheticVideo.Format(96, 96, RATE, 2));
    List<byte[]> faces = new ArrayList<>();
    for (int i = 0; i < video.frameCount(); i++) {
      faces.add(PngFaces.of(video.faceCrop(i)));
    }
    return faces;
  }

  private static LoadFeed feed(GatewayProcess gateway, int number, List<byte[]> faces) {
    return new LoadFeed(
        HttpClient.newHttpClient(),
        gateway.address(),
        GatewayProcess.TOKEN,
        person(number),
        Map.of("picture", "face", "rate", RATE),
        faces,
        RATE,
        Duration.ofSeconds(SECONDS));
  }

  /** A third of the time, unless a feed fails, which it then says. */
  private static void pause(Future<LoadFeed.Replies> feed) throws Exception {
    try {
      var unused = feed.get(SECONDS * 1000L / 3, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // It is at work.
    }
  }

  /** How often each frame was answered, once all that were accepted are. */
  private static Map<FrameIdentity, Integer> events(
      Cluster cluster, List<LoadFeed.Replies> outcomes) {
    Map<FrameIdentity, Integer> events = new HashMap<>();
    AvroSerde<Emotion> emotions = cluster.serdes().of(Emotion.class);
    try (Consumer<byte[], byte[]> consumer = cluster.observer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.EMOTIONS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!missing(outcomes, events).isEmpty() && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          count(emotions, record, events);
        }
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          count(emotions, record, events);
        }
      }
    }
    return events;
  }

  private static void count(
      AvroSerde<Emotion> emotions,
      ConsumerRecord<byte[], byte[]> record,
      Map<FrameIdentity, Integer> events) {
    Emotion event =
        ((Decoded.Value<Emotion>) emotions.decode(record.topic(), record.value())).value();
    events.merge(event.getIdentity(), 1, Integer::sum);
  }

  private static List<FrameIdentity> missing(
      List<LoadFeed.Replies> outcomes, Map<FrameIdentity, Integer> events) {
    List<FrameIdentity> missing = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      String person = person(i);
      outcomes.get(i).accepted().stream()
          .mapToObj(sequence -> new FrameIdentity(person, "stream", (long) sequence))
          .filter(frame -> !events.containsKey(frame))
          .forEach(missing::add);
    }
    return missing;
  }

  /** How far frames have come that were never answered. */
  private static String whereabouts(Cluster cluster, List<FrameIdentity> lost) {
    Set<FrameIdentity> published = new HashSet<>();
    AvroSerde<Frame> frames = cluster.serdes().of(Frame.class);
    for (ConsumerRecord<byte[], byte[]> record : all(cluster, Topics.FRAMES)) {
      published.add(
          ((Decoded.Value<Frame>) frames.decode(record.topic(), record.value()))
              .value()
              .getIdentity());
    }
    Set<FrameIdentity> embedded = new HashSet<>();
    AvroSerde<Embedding> embeddings = cluster.serdes().of(Embedding.class);
    for (ConsumerRecord<byte[], byte[]> record : all(cluster, Topics.EMBEDDINGS)) {
      embedded.add(
          ((Decoded.Value<Embedding>) embeddings.decode(record.topic(), record.value()))
              .value()
              .getIdentity());
    }
    int letters = all(cluster, Topics.DEAD_LETTERS).size();
    published.retainAll(lost);
    embedded.retainAll(lost);
    return "of %d without an event, %d are on the topic of frames and %d on that of embeddings; %d dead letters"
        .formatted(lost.size(), published.size(), embedded.size(), letters);
  }

  /** What was committed to a topic. */
  private static List<ConsumerRecord<byte[], byte[]>> all(Cluster cluster, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = cluster.observer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static void report(List<LoadFeed.Replies> outcomes, Map<FrameIdentity, Integer> events) {
    System.out.printf(
        "%d feeds, %d s, broker away %d s: %d pictures sent, %d replies, %d accepted, refused %s,"
            + " %d unanswered when a connection broke and sent again; %d events%n",
        outcomes.size(),
        SECONDS,
        OUTAGE_SECONDS,
        outcomes.stream().mapToLong(LoadFeed.Replies::sent).sum(),
        outcomes.stream().mapToLong(LoadFeed.Replies::replies).sum(),
        outcomes.stream().mapToLong(outcome -> outcome.accepted().cardinality()).sum(),
        outcomes.stream().map(LoadFeed.Replies::refusals).distinct().toList(),
        outcomes.stream().mapToLong(LoadFeed.Replies::unanswered).sum(),
        events.size());
  }

  private static String person(int number) {
    return "feed-" + number;
  }
}
