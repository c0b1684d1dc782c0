package io.paffmem.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.store.PersonStore;
import io.paffmem.topology.store.StoredMemory;
import io.paffmem.topology.task.MemoryQueries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topology in a TopologyTestDriver, and a stand-in for the stage that imagines faces. Open from
 * the beginning, in a folder of its own: a test class keeps one in a field that JUnit closes
 * ({@code @AutoClose}).
 *
 * <p>The driver wipes its folder when it is closed. A restart therefore does what Kafka Streams
 * does under exactly-once after a crash: the changelog that was written fills the store of the next
 * one.
 */
final class StreamHarness implements AutoCloseable {
  static final String MODEL = "pk-1";
  static final int DIMENSIONS = 4;
  static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

  private static final ByteArrayDeserializer READ = new ByteArrayDeserializer();
  private static final ByteArraySerializer WRITE = new ByteArraySerializer();

  final AvroSerdes serdes;
  final MemoryQueries queries = new MemoryQueries(1);
  private final Path folder;
  private final Properties properties;
  private final Map<Bytes, byte[]> changelog = new HashMap<>();
  private final Counters counters = new Counters(new SimpleMeterRegistry());
  private TopologyConfig config;
  private TopologyTestDriver driver;
  private Instant wallClock = START;

  StreamHarness(TopologyConfig config) {
    this(config, AvroSerdes.inMemory());
  }

  StreamHarness(TopologyConfig config, AvroSerdes serdes) {
    this(config, serdes, new Properties());
  }

  StreamHarness(TopologyConfig config, AvroSerdes serdes, Properties more) {
    this.config = config;
    this.serdes = serdes;
    this.folder = newFolder();
    this.properties = StreamSettings.standard("nowhere:9092", folder).toProperties();
    this.properties.putAll(more);
    this.driver = open();
  }

  /**
   * Each of the first three frames is seeded, of four dimensions; a memory that grows more readily
   * than the settled one.
   */
  static TopologyConfig config() {
    return TopologyConfig.standard(MODEL, 1).toBuilder()
        .seedingFrames(3)
        .seeding(SeedingPolicy.everyFrame())
        .memory(
            TopologyConfig.standard(MODEL, 1).memory().toBuilder()
                .dimensions(MemoryConfig.dimensionsFor(DIMENSIONS))
                .epochs(2)
                .insertionActivity(0.7f)
                .insertionHabituation(0.6f)
                .build())
        .build();
  }

  private TopologyTestDriver open() {
    return new TopologyTestDriver(
        new EmotionTopology(config, serdes, queries, counters).get(), properties, wallClock);
  }

  // ---- inputs

  void send(String topic, TestRecord<byte[], byte[]> record) {
    driver.createInputTopic(topic, WRITE, WRITE).pipeInput(record);
  }

  void send(String topic, String personId, SpecificRecord value, long timestampMillis) {
    send(topic, record(topic, personId, value, timestampMillis));
  }

  TestRecord<byte[], byte[]> record(
      String topic, String personId, SpecificRecord value, long timestampMillis) {
    return new TestRecord<>(
        personId.getBytes(StandardCharsets.UTF_8),
        encode(topic, value),
        Instant.ofEpochMilli(timestampMillis));
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecord> byte[] encode(String topic, T value) {
    return serdes.of((Class<T>) value.getClass()).encode(topic, value);
  }

  /** Frame number n of a stream: ingested n milliseconds after the start. */
  void frame(String person, String stream, long sequence) {
    embedding(embedding(person, stream, sequence, MODEL), START.toEpochMilli() + sequence);
  }

  void embedding(Embedding embedding, long timestampMillis) {
    send(Topics.EMBEDDINGS, embedding.getIdentity().getPersonId(), embedding, timestampMillis);
  }

  static Embedding embedding(String person, String stream, long sequence, String model) {
    return new Embedding(
        new FrameIdentity(person, stream, sequence),
        START.toEpochMilli() + 1000 + sequence,
        FloatVectors.pack(face(person, sequence, DIMENSIONS)),
        new Affect(0.25f, -0.25f),
        model,
        sequence % 2 == 0 ? new Affect(0.5f, 0.125f) : null,
        sequence % 2 == 0 ? new Affect(0.125f, 0.25f) : null,
        null,
        null);
  }

  /** A face of that person, always the same for the same number. */
  static float[] face(String person, long sequence, int dimensions) {
    SplittableRandom random = new SplittableRandom(31L * person.hashCode() + sequence);
    float[] z = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      z[d] = 1.6f * (float) random.nextDouble() - 0.8f;
    }
    return z;
  }

  /** What the imagining stage would answer: a dozen faces about the one asked with. */
  static Seeds imagine(SeedRequest request) {
    float[] face = FloatVectors.unpack(request.getZ());
    int pairs = 12;
    SplittableRandom random =
        new SplittableRandom(31L * request.getIdentity().hashCode() + request.getGeneration());
    float[] z = new float[pairs * face.length];
    float[] y = new float[pairs * 2];
    for (int i = 0; i < z.length; i++) {
      z[i] = 0.6f * face[i % face.length] + 0.4f * (2 * (float) random.nextDouble() - 1);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = 2 * (float) random.nextDouble() - 1;
    }
    return new Seeds(
        request.getIdentity(),
        request.getModelVersion(),
        request.getGeneration(),
        new SeedPairs(FloatVectors.pack(z), FloatVectors.pack(y), FloatVectors.pack(y)));
  }

  static Seeds refuse(SeedRequest request, String reason) {
    return new Seeds(
        request.getIdentity(),
        request.getModelVersion(),
        request.getGeneration(),
        new SeedRefusal(reason));
  }

  /** The request that a frame would send, for answers that come before it is sent. */
  static SeedRequest requestOf(String person, String stream, long sequence, int generation) {
    Embedding embedding = embedding(person, stream, sequence, MODEL);
    return new SeedRequest(
        embedding.getIdentity(),
        embedding.getZ(),
        MODEL,
        generation,
        TopologyConfig.STANDARD_LAYOUT);
  }

  void seeds(Seeds seeds) {
    send(Topics.SEEDS, seeds.getIdentity().getPersonId(), seeds, START.toEpochMilli());
  }

  void answer(String person, String stream, long sequence, int generation) {
    seeds(imagine(requestOf(person, stream, sequence, generation)));
  }

  /** The frame waits no longer; its request is still to be answered. */
  void refusal(String person, String stream, long sequence, int generation) {
    seeds(refuse(requestOf(person, stream, sequence, generation), "timed_out"));
  }

  /** The imagining stage has no faces for a frame. */
  void noFaces(String person, String stream, long sequence, int generation) {
    seeds(refuse(requestOf(person, stream, sequence, generation), "internal_error"));
  }

  void command(String id, String person, CommandKind kind, long cutoffMillis) {
    send(
        Topics.PERSON_COMMANDS,
        person,
        new PersonCommand(id, person, kind, cutoffMillis, false, null, false),
        START.toEpochMilli() + 7);
  }

  /** Starts a new memory, which takes over what was taught. */
  void resetButForTeachings(String id, String person) {
    send(
        Topics.PERSON_COMMANDS,
        person,
        new PersonCommand(id, person, CommandKind.RESET, 0L, false, null, true),
        START.toEpochMilli() + 7);
  }

  /** Forgets up to now, whatever the frames' clocks say. */
  void forgetNow(String id, String person, long nowMillis) {
    send(
        Topics.PERSON_COMMANDS,
        person,
        new PersonCommand(id, person, CommandKind.FORGET, nowMillis, true, null, false),
        nowMillis);
  }

  /** Blocks a person, or one consent of theirs, or takes that back. */
  void block(String id, String person, CommandKind kind, @Nullable String consent) {
    send(
        Topics.PERSON_COMMANDS,
        person,
        new PersonCommand(id, person, kind, 0L, false, consent, false),
        START.toEpochMilli() + 7);
  }

  /** A frame under a consent, as it comes from the model server. */
  void frame(String person, String stream, long sequence, String consent, long ingestedAtMillis) {
    TestRecord<byte[], byte[]> record =
        record(
            Topics.EMBEDDINGS,
            person,
            embedding(person, stream, sequence, MODEL),
            ingestedAtMillis);
    FrameHeaders.declare(record.headers(), FrameHeaders.CONSENT, consent);
    send(Topics.EMBEDDINGS, record);
  }

  /** Sends frames with their answers until the memory is seeded; the next sequence is 3. */
  void seeded(String person, String stream) {
    for (int sequence = 0; sequence < 3; sequence++) {
      frame(person, stream, sequence);
      answer(person, stream, sequence, 0);
    }
  }

  void advance(Duration duration) {
    wallClock = wallClock.plus(duration);
    driver.advanceWallClockTime(duration);
  }

  // ---- outputs

  List<TestRecord<byte[], byte[]>> read(String topic) {
    return driver.createOutputTopic(topic, READ, READ).readRecordsToList();
  }

  private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
    return read(topic).stream()
        .map(r -> serdes.of(type).deserializer().deserialize(topic, r.value()))
        .toList();
  }

  List<Emotion> emotions() {
    return read(Topics.EMOTIONS, Emotion.class);
  }

  List<SeedRequest> requests() {
    return read(Topics.SEED_REQUESTS, SeedRequest.class);
  }

  List<PersonReceipt> receipts() {
    return read(Topics.PERSON_RECEIPTS, PersonReceipt.class);
  }

  List<Seeds> writtenSeeds() {
    return read(Topics.SEEDS, Seeds.class);
  }

  /** Total of a counter, over restarts too. */
  long count(Count counter) {
    return counters.total(counter);
  }

  /** Frames that wait, as the metrics have it. */
  long waitingFrames() {
    return counters.waitingFrames();
  }

  // ---- state

  KeyValueStore<Bytes, byte[]> store() {
    return driver.getKeyValueStore(Names.STORE);
  }

  /** A person as a cold load would see them. */
  Person load(String person) {
    PersonStore store =
        new PersonStore(
            store(), config.memory(), new Counters(new SimpleMeterRegistry()), row -> {});
    return store.load(config.hasher().of(person));
  }

  MemoryState memory(String person) {
    return load(person).memory();
  }

  String digest(String person) {
    return StoredMemory.of(load(person)).digest();
  }

  /** Rows of a person, pairs included. */
  int rows(String person) {
    int rows = 0;
    PersonHash hash = config.hasher().of(person);
    try (var each = store().range(RowKeys.first(hash), RowKeys.lastOf(hash, (byte) 100))) {
      while (each.hasNext()) {
        each.next();
        rows++;
      }
    }
    return rows;
  }

  void restart() {
    restart(config);
  }

  /** Closes the driver and opens another one on what the changelog holds. */
  void restart(TopologyConfig next) {
    followChangelog();
    driver.close();
    config = next;
    driver = open();
    KeyValueStore<Bytes, byte[]> store = store();
    changelog.forEach(store::put);
    read(Names.CHANGELOG);
  }

  /** Applies what was written to the changelog; a row without value is gone. */
  private void followChangelog() {
    for (TestRecord<byte[], byte[]> record : read(Names.CHANGELOG)) {
      byte @Nullable [] value = record.value();
      if (value == null) {
        changelog.remove(Bytes.wrap(record.key()));
      } else {
        changelog.put(Bytes.wrap(record.key()), value);
      }
    }
  }

  /** Rows written since the last look, tombstones included. */
  int changelogWrites() {
    List<TestRecord<byte[], byte[]>> written = read(Names.CHANGELOG);
    return written.size();
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("stream");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.close();
    try (Stream<Path> left = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
