package io.paffmem.app.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.app.Paffmem;
import io.paffmem.app.Ran;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.EmotionHistory;
import io.paffmem.evaluation.memory.LabelledStream;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.ingest.dataset.RecordedName;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.config.TopologyConfig;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same embeddings and seeds through the topology on a real broker, and without either. */
@Tag("broker")
@Timeout(600)
final class TopicEvaluationTest {
  private static final String MODEL = "pk-test";
  private static final List<String> VIDEOS = List.of("v1", "v2", "v3");
  private static final int UTTERANCES = 4;
  private static final int FRAMES = 12;
  private static final int PAIRS = 30;
  private static final int SEEDED = 2;

  /** Of a recording. */
  private static final long BEGINNING = 1_000_000_000_000L;

  @TempDir private Path folder;

  @Test
  void evaluate_fromTopic_sameFiguresAsWithoutKafka() throws Exception {
    float[] y = values(new SplittableRandom(7), 2 * PAIRS);
    List<LabelledStream> streams = VIDEOS.stream().map(video -> stream(video, y)).toList();
    Path data = folder.resolve("data");
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.in(data), 2);
        AffectiveStream topology =
            new AffectiveStream(
                TopologyConfig.standard(MODEL, 2).toBuilder()
                    .seedingFrames(SEEDED)
                    .seeding(SeedingPolicy.everyFrame())
                    .build(),
                cluster.stream(data.resolve("state")),
                cluster.serdes());
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(
                cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      topology.start();
      for (LabelledStream stream : streams) {
        publish(stream, y, cluster, producer);
      }
      producer.flush();
      awaitEvents(cluster, VIDEOS.size() * UTTERANCES * FRAMES);
    }
    Path summary = folder.resolve("figures.json");
    Path predictions = folder.resolve("predictions.csv");
    Path figure = folder.resolve("figure.svg");

    Ran ran =
        Ran.paffmem(
            "evaluate",
            "--from-topic=omg:1/",
            "--data",
            data.toString(),
            "--summary",
            summary.toString(),
            "--predictions",
            predictions.toString(),
            "--figure",
            figure.toString(),
            "--figure-of",
            "v2");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("144 events with a label, of 3 videos", "utterances, with memory");
    MemoryEvaluation.Evaluated without =
        MemoryEvaluation.of(
            List.of(MemoryEvaluation.Contender.memory("memory", streams, MemoryConfig.standard())),
            1);
    JsonNode ccc = new ObjectMapper().readTree(summary.toFile()).get("frames").get("ccc");
    assertSame(ccc.get("prior"), without.figures().rows().get(0).ccc());
    assertSame(ccc.get("memory"), without.figures().rows().get(1).ccc());
    assertThat(ccc.get("memory")).isNotEqualTo(ccc.get("prior"));
    List<String> lines = Files.readAllLines(predictions);
    assertThat(lines).hasSize(1 + VIDEOS.size() * UTTERANCES);
    assertThat(lines.get(0)).isEqualTo("video,utterance,arousal,valence");
    assertThat(lines.get(1)).startsWith("v1,utterance_1.mp4,");
    assertPrediction(lines.get(1), without.answers());
    assertThat(figure).content().startsWith("<svg");

    followUntilAskedToEnd(data);

    Ran.paffmem("evaluate", "--from-topic=faces:1/", "--data", data.toString())
        .assertRefused("no event with a label", "faces:1/");
    Ran.paffmem("evaluate", "--from-topic", "--figure", figure.toString(), "--data", data + "")
        .assertRefused("--figure-of");
  }

  /** In a process of its own, as a signal ends it; what it was run for must still be written. */
  private void followUntilAskedToEnd(Path data) throws Exception {
    Path predictions = folder.resolve("followed.csv");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Paffmem.class.getName(),
                "evaluate",
                "--from-topic=omg:1/",
                "--follow",
                "--data",
                data.toString(),
                "--predictions",
                predictions.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.contains("144 events")) {
        line = out.readLine();
      }
      // Of the process itself, destroy() would close what it still has to say.
      process.toHandle().destroy();
      assertThat(out.lines()).as("the last table").anyMatch(one -> one.contains("144 events"));
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(predictions).content().hasLineCount(1 + VIDEOS.size() * UTTERANCES);
  }

  /** The first utterance of the first video: the mean of its answers, arousal from 0 to 1. */
  private static void assertPrediction(String line, float[] answers) {
    double arousal = 0;
    double valence = 0;
    for (int i = 0; i < FRAMES; i++) {
      arousal += answers[2 * i] / FRAMES;
      valence += answers[2 * i + 1] / FRAMES;
    }
    String[] fields = line.split(",", -1);
    assertThat(Double.parseDouble(fields[2])).isEqualTo((arousal + 1) / 2, within(1e-6));
    assertThat(Double.parseDouble(fields[3])).isEqualTo(valence, within(1e-6));
  }

  private static void assertSame(JsonNode fromTopic, Axes without) {
    assertThat(fromTopic.get("arousal").asDouble()).isEqualTo(without.arousal(), within(1e-6));
    assertThat(fromTopic.get("valence").asDouble()).isEqualTo(without.valence(), within(1e-6));
  }

  /** Faces that wander, of which the PK reads a part. */
  private static LabelledStream stream(String video, float[] y) {
    SplittableRandom random = new SplittableRandom(video.hashCode());
    int n = UTTERANCES * FRAMES;
    int size = MemoryConfig.standard().latentSize();
    float[] z = new float[n * size];
    float[] labels = new float[2 * n];
    float[] prior = new float[2 * n];
    float[] face = values(random, size);
    for (int i = 0; i < n; i++) {
      for (int d = 0; d < size; d++) {
        face[d] = Math.max(-1, Math.min(1, face[d] + 0.1f * (float) (random.nextDouble() - 0.5)));
      }
      System.arraycopy(face, 0, z, i * size, size);
      for (int axis = 0; axis < 2; axis++) {
        labels[2 * i + axis] = (float) Math.sin(0.2 * i + axis + video.hashCode());
        prior[2 * i + axis] = 0.5f * labels[2 * i + axis] + 0.2f * (float) random.nextDouble();
      }
    }
    long[] millis = new long[n];
    Arrays.setAll(millis, i -> BEGINNING + 40L * i);
    int[] feeds = new int[n];
    Arrays.setAll(feeds, i -> i / FRAMES);
    List<LabelledStream.Seed> seeds = new ArrayList<>();
    for (int i = 0; i < SEEDED; i++) {
      float[] read = new float[y.length];
      for (int k = 0; k < read.length; k++) {
        read[k] = 0.6f * y[k];
      }
      seeds.add(
          new LabelledStream.Seed(
              i,
              new io.paffmem.evaluation.memory.SeedPairs(values(random, PAIRS * size), read, y)));
    }
    return new LabelledStream(
        video, Collections.nCopies(n, "x"), size, z, prior, labels, millis, feeds, seeds);
  }

  private static float[] values(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 1.6f * (float) random.nextDouble() - 0.8f;
    }
    return values;
  }

  private static void publish(
      LabelledStream stream, float[] y, Cluster cluster, Producer<byte[], byte[]> producer) {
    for (int i = 0; i < stream.size(); i++) {
      String utterance = "utterance_" + (1 + i / FRAMES) + ".mp4";
      RecordedName name = new RecordedName("omg", "1", stream.person(), utterance);
      FrameIdentity identity = new FrameIdentity(name.person(), name.stream(), (long) i % FRAMES);
      send(
          cluster,
          producer,
          Topics.EMBEDDINGS,
          name.person(),
          new Embedding(
              identity,
              stream.millis()[i],
              FloatVectors.pack(stream.z(), i * stream.latentSize(), stream.latentSize()),
              affect(stream.prior(), i),
              MODEL,
              affect(stream.labels(), i),
              null,
              null,
              null));
      if (i < stream.seeds().size()) {
        io.paffmem.evaluation.memory.SeedPairs seeds = stream.seeds().get(i).pairs();
        send(
            cluster,
            producer,
            Topics.SEEDS,
            name.person(),
            new Seeds(
                identity,
                MODEL,
                0,
                new SeedPairs(
                    FloatVectors.pack(seeds.z()),
                    FloatVectors.pack(y),
                    FloatVectors.pack(seeds.prior()))));
      }
    }
  }

  private static Affect affect(float[] values, int row) {
    return new Affect(values[2 * row], values[2 * row + 1]);
  }

  @SuppressWarnings("unchecked")
  private static <T extends SpecificRecord> void send(
      Cluster cluster, Producer<byte[], byte[]> producer, String topic, String person, T value) {
    byte[] bytes = cluster.serdes().of((Class<T>) value.getClass()).encode(topic, value);
    var unused = producer.send(new ProducerRecord<>(topic, person.getBytes(UTF_8), bytes));
  }

  private static void awaitEvents(Cluster cluster, int expected) {
    AtomicInteger count = new AtomicInteger();
    try (EmotionHistory events =
        new EmotionHistory(cluster, "omg:1/", event -> count.incrementAndGet())) {
      while (count.get() < expected) {
        events.readMore();
      }
    }
  }
}
