package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.metrics.Count;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
  private static final long NOW = StreamHarness.START.toEpochMilli();

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  @ParameterizedTest
  @ValueSource(strings = {Topics.EMBEDDINGS, Topics.SEEDS, Topics.PERSON_COMMANDS})
  void bytesThatAreNoAvro_areDeadLettersAsTheyCame(String topic) {
    byte[] junk = {9, 8, 7};
    stream.send(topic, new TestRecord<>("ann".getBytes(UTF_8), junk, Instant.ofEpochMilli(NOW)));

    TestRecord<byte[], byte[]> letter = onlyDeadLetter();
    assertThat(reason(letter)).isEqualTo("not_avro");
    assertThat(letter.value()).isEqualTo(junk);
    assertThat(letter.key()).isEqualTo("ann".getBytes(UTF_8));
    assertThat(letter.timestamp()).isEqualTo(NOW);
    assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("topology");
    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(topic);
    assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
    assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("0");
    assertThat(stream.rows("ann")).isZero();
  }

  @Test
  void unknownSchemaId_isADeadLetter() {
    byte[] bytes = {0, 0, 0, 0x7f, 0x7f, 1, 2};
    stream.send(
        Topics.EMBEDDINGS, new TestRecord<>("ann".getBytes(UTF_8), bytes, StreamHarness.START));

    assertThat(reason(onlyDeadLetter())).isEqualTo("unknown_schema");
  }

  @Test
  void missingKey_isADeadLetter() {
    Embedding embedding = StreamHarness.embedding("ann", "s", 0, StreamHarness.MODEL);
    TestRecord<byte[], byte[]> record = stream.record(Topics.EMBEDDINGS, "ann", embedding, NOW);

    stream.send(Topics.EMBEDDINGS, new TestRecord<>(null, record.value(), StreamHarness.START));

    assertThat(reason(onlyDeadLetter())).isEqualTo("missing_key");
  }

  @Test
  void keyThatIsNotThePerson_isADeadLetter() {
    stream.send(
        Topics.EMBEDDINGS, "bob", StreamHarness.embedding("ann", "s", 0, StreamHarness.MODEL), NOW);
    stream.send(
        Topics.SEEDS, "bob", StreamHarness.imagine(StreamHarness.requestOf("ann", "s", 0, 0)), NOW);
    stream.send(
        Topics.PERSON_COMMANDS,
        "bob",
        new PersonCommand("c", "ann", CommandKind.FORGET, 0L, false, null, false),
        NOW);

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .extracting(BadInputTest::reason)
        .containsExactly("key_mismatch", "key_mismatch", "key_mismatch");
    assertThat(stream.rows("ann") + stream.rows("bob")).isZero();
  }

  @Test
  void embeddingOfAnotherLengthOrRange_isADeadLetter() {
    for (float[] z :
        List.of(
            new float[3],
            new float[5],
            new float[] {0, 0, 0, Float.NaN},
            new float[] {0, Float.POSITIVE_INFINITY, 0, 0},
            new float[] {0, 0, 1.5f, 0})) {
      sendFrame(z, new Affect(0f, 0f), null);
    }

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .hasSize(5)
        .extracting(BadInputTest::reason)
        .containsOnly("invalid_embedding");
    assertThat(stream.rows("ann")).isZero();
  }

  @Test
  void priorOutsideOfTheSquare_isADeadLetter() {
    sendFrame(new float[4], new Affect(1.01f, 0f), null);
    sendFrame(new float[4], new Affect(0f, Float.NaN), null);

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .extracting(BadInputTest::reason)
        .containsExactly("invalid_prior", "invalid_prior");
  }

  @Test
  void deviationThatIsNone_isADeadLetter() {
    Embedding base = StreamHarness.embedding("ann", "bad", 0, StreamHarness.MODEL);
    for (Affect none : new Affect[] {new Affect(0f, 0.5f), new Affect(0.5f, Float.NaN)}) {
      stream.embedding(
          new Embedding(
              base.getIdentity(),
              base.getCapturedAtMillis(),
              base.getZ(),
              base.getPrior(),
              base.getModelVersion(),
              null,
              none,
              null,
              null),
          NOW);
    }

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .extracting(BadInputTest::reason)
        .containsExactly("invalid_prior", "invalid_prior");
  }

  @Test
  void labelThatIsNoNumber_isADeadLetter() {
    sendFrame(new float[4], new Affect(0f, 0f), new Affect(Float.NaN, 0f));

    assertThat(reason(onlyDeadLetter())).isEqualTo("invalid_label");
  }

  @Test
  void seedsThatDoNotFit_areDeadLetters_andTheirFrameCountsAsRefused() {
    stream.frame("ann", "s", 0);
    Seeds good = StreamHarness.imagine(StreamHarness.requestOf("ann", "s", 0, 0));

    stream.seeds(
        new Seeds(
            good.getIdentity(),
            good.getModelVersion(),
            0,
            new SeedPairs(
                FloatVectors.pack(new float[9]),
                FloatVectors.pack(new float[6]),
                FloatVectors.pack(new float[6]))));

    assertThat(reason(onlyDeadLetter())).isEqualTo("invalid_seeds");
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
  }

  @Test
  void seedsOutOfRangeOrTooFew_areDeadLetters() {
    float[][] zs = {{0, 0, 0, 2, 0, 0, 0, 0}, {0, 0, 0, Float.NaN, 0, 0, 0, 0}, {0, 0, 0, 0}};
    for (int i = 0; i < zs.length; i++) {
      stream.seeds(
          new Seeds(
              StreamHarness.requestOf("ann", "s", i, 0).getIdentity(),
              StreamHarness.MODEL,
              0,
              new SeedPairs(
                  FloatVectors.pack(zs[i]),
                  FloatVectors.pack(new float[zs[i].length / 2]),
                  FloatVectors.pack(new float[zs[i].length / 2]))));
    }

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .hasSize(3)
        .extracting(BadInputTest::reason)
        .containsOnly("invalid_seeds");
  }

  @Test
  void badRecords_delayNobody() {
    stream.seeded("bob", "s");
    stream.emotions();
    String bob = stream.digest("bob");

    sendFrame(new float[] {0, 0, 0, Float.NaN}, new Affect(0f, 0f), null);
    assertThat(stream.digest("bob")).isEqualTo(bob);
    stream.frame("bob", "s", 3);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
  }

  @Test
  void recordInTheWrongPartition_isSentOnByKey_once() {
    // The driver has one partition, 0, and hands the record back: the second time it is astray for
    // good. A broker would have put it where it belongs.
    String astray = "p0";
    for (int i = 0; PersonKey.partition(PersonKey.bytes(astray), 2) == 0; i++) {
      astray = "p" + i;
    }
    stream.restart(StreamHarness.config().toBuilder().partitions(2).build());
    TestRecord<byte[], byte[]> sent =
        stream.record(
            Topics.EMBEDDINGS,
            astray,
            StreamHarness.embedding(astray, "s", 0, StreamHarness.MODEL),
            NOW + 5);

    stream.send(Topics.EMBEDDINGS, sent);

    assertThat(stream.read(Topics.EMBEDDINGS))
        .singleElement()
        .satisfies(r -> assertThat(r.key()).isEqualTo(sent.key()))
        .satisfies(r -> assertThat(r.value()).isEqualTo(sent.value()))
        .satisfies(r -> assertThat(r.timestamp()).isEqualTo(NOW + 5));
    assertThat(stream.count(Count.MISROUTED)).isEqualTo(1);
    assertThat(reason(onlyDeadLetter())).isEqualTo("misrouted");
    assertThat(stream.count(Count.FRAMES_IN)).isEqualTo(1);
  }

  @Test
  void frames_areAllAccountedFor() {
    for (int sequence = 0; sequence < 5; sequence++) {
      stream.frame("ann", "s", sequence);
    }
    stream.refusal("ann", "s", 0, 0); // prior
    stream.answer("ann", "s", 1, 0); // memory; 2, 3, 4 wait
    stream.frame("ann", "s", 4); // duplicate
    sendFrame(new float[1], new Affect(0f, 0f), null); // dead
    stream.frame("cid", "s", 5000);
    stream.frame("cid", "s", 1); // too late
    stream.frame("bob", "s", 0);
    stream.command("c", "bob", CommandKind.FORGET, NOW + 100); // one forgotten in the queue
    stream.frame("bob", "s", 1); // one at the door
    stream.command("d", "ann", CommandKind.RESET, 0);

    assertThat(stream.count(Count.FRAMES_IN)).isEqualTo(11);
    assertThat(stream.count(Count.EVENTS_PRIOR)).isEqualTo(1);
    assertThat(stream.count(Count.EVENTS_MEMORY)).isEqualTo(1);
    assertThat(stream.count(Count.DUPLICATES)).isEqualTo(1);
    assertThat(stream.count(Count.DEAD_FRAMES)).isEqualTo(2);
    assertThat(stream.count(Count.FORGOTTEN)).isEqualTo(2);
    assertThat(stream.load("ann").waitingFrames() + stream.load("cid").waitingFrames())
        .isEqualTo(4);
  }

  static String reason(TestRecord<byte[], byte[]> letter) {
    return header(letter, DeadLetters.REASON);
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private TestRecord<byte[], byte[]> onlyDeadLetter() {
    List<TestRecord<byte[], byte[]>> letters = stream.read(Topics.DEAD_LETTERS);
    assertThat(letters).hasSize(1);
    return letters.get(0);
  }

  private void sendFrame(float[] z, Affect prior, @Nullable Affect label) {
    Embedding base = StreamHarness.embedding("ann", "bad", 0, StreamHarness.MODEL);
    stream.embedding(
        new Embedding(
            base.getIdentity(),
            0L,
            FloatVectors.pack(z),
            prior,
            StreamHarness.MODEL,
            label,
            null,
            null,
            null),
        NOW);
  }
}
