package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.cluster.Cluster;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.store.MemoryReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** The same frames in the same order in each run; only how many there are depends on the clock. */
final class Load implements AutoCloseable {
  static final int PARTITIONS = 4;

  /** When the faces were seen first: a time that can be, so that no clock decides. */
  private static final long FILMED_MILLIS = 1_600_000_000_000L;

  static final int PEOPLE = 12;
  private static final int LATENT = 4;
  private static final int SEEDED = 3;

  /** Longer than it takes until instances are asked again who has which tasks. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(150);

  private static final Duration POLL = Duration.ofMillis(20);

  static final TopologyConfig CONFIG =
      TopologyConfig.standard("pk-1", PARTITIONS).toBuilder()
          .seedingFrames(SEEDED)
          .seeding(SeedingPolicy.everyFrame())
          .memory(
              MemoryConfig.standard().toBuilder()
                  .dimensions(MemoryConfig.dimensionsFor(LATENT))
                  .insertionActivity(0.7f)
                  .maxEdgeAge(40)
                  .build())
          .build();

  /** A new instance gets its tasks at once, however many rows it must read back first. */
  static StreamSettings settings(Cluster cluster, Path state) {
    Map<String, String> properties = new HashMap<>(cluster.clientProperties());
    properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, String.valueOf(Long.MAX_VALUE));
    return cluster.stream(state).toBuilder().clientProperties(properties).build();
  }

  /**
   * What came of a run.
   *
   * @param frames that were published
   * @param events by person and sequence
   * @param digests by person
   */
  record Run(int frames, Map<String, String> events, Map<String, String> digests) {}

  interface Condition {
    boolean holds();
  }

  private final Cluster cluster;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<Emotion> emotions;
  private final Map<String, String> events = new TreeMap<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private int frames;

  Load(Cluster cluster) {
    this.cluster = cluster;
    this.producer =
        new KafkaProducer<>(cluster.client(), new ByteArraySerializer(), new ByteArraySerializer());
    this.consumer = cluster.observer();
    this.emotions = cluster.serdes().of(Emotion.class);
    List<TopicPartition> all =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(Topics.EMOTIONS, partition))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /**
   * Goes on until it holds.
   *
   * @param account what to say if it never does
   */
  void goOnUntil(Supplier<String> account, Condition condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(account).isLessThan(deadline);
      goOnFor(PEOPLE, account);
    }
  }

  /**
   * Publishes a few at a time, and never runs far ahead of what was answered.
   *
   * @param account what to say if no answers come
   */
  void goOnFor(int more, Supplier<String> account) {
    int end = frames + more;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (frames < end) {
      if (frames - events.size() < 10 * PEOPLE) {
        publish(frames++);
      }
      if (frames % PEOPLE == 0 || frames - events.size() >= 10 * PEOPLE) {
        read();
      }
      assertThat(System.nanoTime())
          .as(() -> "events come: %d of %d; %s".formatted(events.size(), frames, account.get()))
          .isLessThan(deadline);
    }
  }

  Run finish() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (events.size() < frames) {
      assertThat(System.nanoTime()).as("all events come").isLessThan(deadline);
      read();
    }
    Map<String, String> digests = new TreeMap<>();
    MemoryReader reader = new MemoryReader(consumer);
    for (int person = 0; person < PEOPLE; person++) {
      digests.put(
          name(person), reader.person(CONFIG.hasher(), name(person)).orElseThrow().digest());
    }
    return new Run(frames, events, digests);
  }

  private void read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      Emotion event = emotions.deserializer().deserialize(Topics.EMOTIONS, record.value());
      String key = event.getIdentity().getPersonId() + " " + event.getIdentity().getSequence();
      String before =
          events.put(
              key,
              "%s %s %s %s %d"
                  .formatted(
                      event.getSource(),
                      event.getAffect().getArousal(),
                      event.getAffect().getValence(),
                      event.getActivity(),
                      event.getFramesPerceived()));
      assertThat(before).as("no frame is answered twice").isNull();
    }
  }

  private void publish(int frame) {
    int person = frame % PEOPLE;
    int sequence = frame / PEOPLE;
    FrameIdentity identity = new FrameIdentity(name(person), "s", (long) sequence);
    float[] z = numbers(LATENT);
    send(
        Topics.EMBEDDINGS,
        name(person),
        new Embedding(
            identity,
            FILMED_MILLIS + 40L * sequence,
            FloatVectors.pack(z),
            new Affect(z[0], z[1]),
            CONFIG.modelVersion(),
            null,
            null,
            null,
            null));
    if (sequence < SEEDED) {
      float[] y = numbers(2 * 12);
      send(
          Topics.SEEDS,
          name(person),
          new Seeds(
              identity,
              CONFIG.modelVersion(),
              0,
              new SeedPairs(
                  FloatVectors.pack(numbers(12 * LATENT)),
                  FloatVectors.pack(y),
                  FloatVectors.pack(y))));
    }
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 1.8f * (float) random.nextDouble() - 0.9f;
    }
    return numbers;
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecord> void send(String topic, String person, T value) {
    byte[] bytes = cluster.serdes().of((Class<T>) value.getClass()).encode(topic, value);
    var unused =
        producer.send(new ProducerRecord<>(topic, person.getBytes(StandardCharsets.UTF_8), bytes));
  }

  static String name(int person) {
    return "person-" + person;
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
