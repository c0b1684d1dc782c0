package io.paffmem.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.ledger.EmotionLedger;
import io.paffmem.ledger.RunSummary;
import io.paffmem.pipeline.Pipeline;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.topology.config.TopologyConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody can use, between the frames of people who must not notice. */
@Tag("broker")
@Tag("model")
final class BadInputTest {
  private static final int FRAMES = 30;
  private static final String STREAM = "bad-input-test";

  @TempDir Path folder;

  @Test
  void stages_badRecordsAmongGoodOnes_deadLettersAndEveryGoodFrameAnswered() throws Exception {
    try (SavedModelPrior prior = SavedModelPrior.bundled(Device.CPU);
        Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 4);
        Pipeline pipeline =
            Pipeline.start(
                cluster,
                prior,
                TopologyConfig.standard(prior.modelVersion(), 4).toBuilder()
                    .seedingFrames(3)
                    .build(),
                folder);
        EmotionLedger ledger = EmotionLedger.of(cluster, STREAM);
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(
                cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      Map<String, byte[]> bad = badFrames(cluster);
      Map<String, byte[]> badEmbeddings = badEmbeddings(cluster, prior.modelVersion());
      SyntheticVideo video =
          new SyntheticVideo(
              new SyntheticPeople(1).heldOut(0), 1, new SyntheticVideo.Format(96, 96, 25, 2));

      for (int i = 0; i < FRAMES; i++) {
        ledger.published("ann", i);
        send(
            producer,
            Topics.FRAMES,
            "ann",
            frame(cluster, "ann", i, PngFaces.of(video.faceCrop(i))));
        if (i == 10) {
          bad.values().forEach(value -> send(producer, Topics.FRAMES, "mallory", value));
          badEmbeddings
              .values()
              .forEach(value -> send(producer, Topics.EMBEDDINGS, "mallory", value));
        }
      }
      producer.flush();
      ledger.awaitSettled(Duration.ofSeconds(60), pipeline::failure);
      RunSummary summary = ledger.summary(FRAMES, 0, 1);

      assertThat(pipeline.failure()).isEmpty();
      assertThat(summary.memoryEvents()).isEqualTo(FRAMES);
      assertThat(summary.lost()).isZero();
      assertThat(summary.duplicated()).isZero();
      assertThat(deadLetters(cluster, bad.size() + badEmbeddings.size()))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "encode not_avro", 1,
                  "encode unknown_schema", 1,
                  "encode truncated_image", 1,
                  "encode too_many_pixels", 1,
                  "encode key_mismatch", 1,
                  "topology invalid_embedding", 2));
    }
  }

  private static Map<String, byte[]> badFrames(Cluster cluster) throws IOException {
    byte[] picture = PngFaces.of(new byte[96 * 96 * 3]);
    byte[] unknown = frame(cluster, "mallory", 1, picture);
    unknown[3] = 99; // the schema id is big endian in bytes 1 to 4
    byte[] huge = picture.clone();
    ByteBuffer.wrap(huge).putInt(16, 30_000).putInt(20, 30_000); // width and height of IHDR
    return Map.of(
        "no avro", "no avro at all".getBytes(UTF_8),
        "unknown schema", unknown,
        "truncated", frame(cluster, "mallory", 2, Arrays.copyOf(picture, picture.length / 2)),
        "huge", frame(cluster, "mallory", 3, huge),
        "key mismatch", frame(cluster, "somebody else", 4, picture));
  }

  private static Map<String, byte[]> badEmbeddings(Cluster cluster, String modelVersion) {
    float[] notANumber = new float[50];
    notANumber[7] = Float.NaN;
    return Map.of(
        "nan", embedding(cluster, modelVersion, 5, notANumber),
        "length", embedding(cluster, modelVersion, 6, new float[49]));
  }

  private static byte[] frame(Cluster cluster, String person, long sequence, byte[] image) {
    Frame frame =
        Frame.newBuilder()
            .setIdentity(identity(person, sequence))
            .setCapturedAtMillis(0)
            .setImage(ByteBuffer.wrap(image))
            .build();
    return cluster.serdes().of(Frame.class).encode(Topics.FRAMES, frame);
  }

  private static byte[] embedding(Cluster cluster, String modelVersion, long sequence, float[] z) {
    Embedding embedding =
        Embedding.newBuilder()
            .setIdentity(identity("mallory", sequence))
            .setCapturedAtMillis(0)
            .setZ(FloatVectors.pack(z))
            .setPrior(new Affect(0f, 0f))
            .setModelVersion(modelVersion)
            .build();
    return cluster.serdes().of(Embedding.class).encode(Topics.EMBEDDINGS, embedding);
  }

  private static FrameIdentity identity(String person, long sequence) {
    return new FrameIdentity(person, STREAM, sequence);
  }

  private static void send(
      Producer<byte[], byte[]> producer, String topic, String key, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
  }

  /** How often each stage and reason stands on the topic, once so many letters are there. */
  private static Map<String, Integer> deadLetters(Cluster cluster, int expected) {
    Map<String, Integer> counts = new TreeMap<>();
    int seen = 0;
    try (Consumer<byte[], byte[]> consumer = cluster.observer()) {
      var partitions =
          consumer.partitionsFor(Topics.DEAD_LETTERS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (seen < expected && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(100))) {
          seen++;
          String reason =
              header(letter, DeadLetters.STAGE)
                  + " "
                  + header(letter, DeadLetters.REASON).split("[^a-z_]", 2)[0];
          counts.merge(reason, 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return Optional.ofNullable(letter.headers().lastHeader(name))
        .map(header -> new String(header.value(), UTF_8))
        .orElse("no " + name);
  }
}
