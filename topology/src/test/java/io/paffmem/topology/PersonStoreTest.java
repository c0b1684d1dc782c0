package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.FORGET;
import static io.paffmem.schemas.avro.CommandKind.RESET;
import static io.paffmem.schemas.avro.Source.MEMORY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.memory.MemoryParameters;
import io.paffmem.memory.ReadingConfig;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.FrameKey;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.person.Waiting;
import io.paffmem.topology.store.CacheBudget;
import io.paffmem.topology.store.PersonCache;
import io.paffmem.topology.store.PersonStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersonStoreTest {
  private static final PersonHash ANN = PersonHasher.plain().of("ann");
  private static final PersonHash BOB = PersonHasher.plain().of("bob");

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  @BeforeEach
  void begin() {
    stream.seeded("ann", "s");
    stream.emotions();
  }

  @Test
  void missingNeuron_personBeginsAnew_nobodyElseDoes() {
    stream.seeded("bob", "s");
    String bob = stream.digest("bob");
    stream.store().put(RowKeys.neuron(ANN, 1), null);
    stream.restart();
    stream.store().put(RowKeys.neuron(ANN, 1), null);

    stream.requests();
    stream.frame("ann", "s", 3);

    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(1);
    assertThat(stream.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.getGeneration()).isEqualTo(1));
    stream.emotions();
    stream.answer("ann", "s", 3, 1);
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
    assertThat(stream.digest("bob")).isEqualTo(bob);
  }

  @Test
  void unreadableHeader_personBeginsAnewWithoutLeftovers() {
    stream.restart();
    stream.store().put(RowKeys.header(ANN), new byte[] {1, 2});

    stream.frame("ann", "s", 3);

    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(1);
    assertThat(stream.rows("ann")).isEqualTo(3); // header, stream, one waiting frame
  }

  @Test
  void unreadableHeader_framesThatWaitAreAskedForAgain_andAreAnsweredOnce() {
    stream.frame("bob", "s", 0);
    stream.frame("bob", "s", 1);
    stream.answer("bob", "s", 1, 0);
    stream.requests();
    stream.restart();
    damage(RowKeys.header(PersonHasher.plain().of("bob")));

    stream.frame("bob", "s", 1); // a duplicate still
    stream.frame("bob", "s", 2);

    assertThat(stream.requests()).extracting(r -> r.getGeneration()).containsExactly(1, 1, 1);
    for (int sequence = 0; sequence < 3; sequence++) {
      stream.answer("bob", "s", sequence, 1);
    }
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsOnly(MEMORY).hasSize(3);
    assertThat(stream.count(Count.DUPLICATES)).isEqualTo(1);
  }

  @Test
  void damagedAnswer_frameThatWaitsForItAsksAgain_andIsAnswered() {
    framesOfBob_theSecondAnswered();
    stream.restart();
    damage(RowKeys.outcome(BOB, new SeedOutcome.Key(0, new FrameKey(TextHash.of("s"), 1))));

    stream.advance(Duration.ofSeconds(5)); // no record of bob's comes any more

    assertThat(stream.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.getIdentity().getSequence()).isEqualTo(1))
        .satisfies(r -> assertThat(r.getGeneration()).isZero());
    stream.answer("bob", "s", 0, 0);
    stream.answer("bob", "s", 1, 0);
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY, MEMORY);
  }

  @Test
  void damagedAnswer_whileTheTaskRuns_frameAsksAgainWithTheNextRecordOfThePerson() {
    stream.restart(StreamHarness.config().toBuilder().cacheBytes(0).build());
    framesOfBob_theSecondAnswered();
    damage(RowKeys.outcome(BOB, new SeedOutcome.Key(0, new FrameKey(TextHash.of("s"), 1))));

    stream.frame("bob", "s", 0); // a duplicate: does nothing else

    assertThat(stream.requests())
        .extracting(r -> r.getIdentity().getSequence())
        .containsExactly(1L);
  }

  private void framesOfBob_theSecondAnswered() {
    stream.frame("bob", "s", 0);
    stream.frame("bob", "s", 1);
    stream.answer("bob", "s", 1, 0);
    stream.requests();
  }

  @Test
  void damagedNeuronOfSomebodyWhoWaits_answerToTheOldMemoryIsIgnored_theFrameAsksAgain() {
    stream.frame("bob", "s", 0);
    stream.answer("bob", "s", 0, 0);
    stream.frame("bob", "s", 1);
    stream.requests();
    stream.emotions();
    stream.restart();
    damage(RowKeys.neuron(BOB, 0));

    stream.answer("bob", "s", 1, 0);

    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(1);
    assertThat(stream.requests()).extracting(r -> r.getGeneration()).containsExactly(1);
    stream.answer("bob", "s", 1, 1);
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
  }

  @Test
  void damagedLateSeed_itsFacesGoWithThePersonAtTheLatest() {
    refuseAndAnswerLate();
    damage(RowKeys.outcome(BOB, new SeedOutcome.Key(0, new FrameKey(TextHash.of("s"), 0))));

    stream.command("c", "bob", FORGET, 0);

    assertThat(stream.rows("bob")).isEqualTo(1);
  }

  @Test
  void damagedLateSeed_anotherFrameIsSeeded_itsFacesGoOnceTheMemoryIsDone() {
    refuseAndAnswerLate();
    damage(RowKeys.outcome(BOB, new SeedOutcome.Key(0, new FrameKey(TextHash.of("s"), 0))));

    for (int sequence = 1; sequence < 4; sequence++) {
      stream.frame("bob", "s", sequence);
      stream.answer("bob", "s", sequence, 0);
    }

    assertThat(stream.load("bob").header().seeded()).isEqualTo(3);
    assertThat(stream.rows("bob"))
        .as("header, neurons, one stream, one face that can be taught")
        .isEqualTo(3 + stream.memory("bob").size());
  }

  private void refuseAndAnswerLate() {
    stream.frame("bob", "s", 0);
    stream.refusal("bob", "s", 0, 0);
    stream.answer("bob", "s", 0, 0);
    stream.restart();
  }

  @Test
  void damagedNeuron_memoryBeginsAnew_andADeadLetterHoldsTheRow() {
    stream.restart();
    byte[] damaged = damage(RowKeys.neuron(ANN, 1));

    stream.frame("ann", "s", 3);

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .singleElement()
        .satisfies(letter -> assertThat(BadInputTest.reason(letter)).isEqualTo("corrupt_row"))
        .satisfies(letter -> assertThat(letter.key()).isEqualTo("ann".getBytes(UTF_8)))
        .satisfies(letter -> assertThat(letter.value()).isEqualTo(damaged));
    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(1);
    assertThat(stream.load("ann").header().generation()).isEqualTo(1);
    assertThat(stream.load("ann").waitingFrames()).isEqualTo(1);
  }

  @Test
  void damagedRowOfAnyKind_costsThatPersonAtMost_andTheirFramesAreAnswered() {
    stream.seeded("bob", "s");
    stream.frame("bob", "s", 3);
    teach("t1");
    stream.restart(StreamHarness.config().toBuilder().seedingFrames(6).cacheBytes(0).build());
    stream.requests();
    for (int sequence = 4; sequence < 7; sequence++) {
      stream.frame("bob", "s", sequence);
    }
    stream.refusal("bob", "s", 4, 0); // and is answered later
    stream.answer("bob", "s", 6, 0); // 5 waits
    stream.send(
        Topics.MEMORY_IMPORTS,
        "bob",
        new MemoryImport("i", "bob", ByteBuffer.wrap(fileOfAnn())),
        StreamHarness.START.toEpochMilli());
    stream.command("c", "bob", RESET, 0);
    stream.frame("bob", "s", 7);
    teach("t2"); // waits

    assertThat(kindsDamagedOneByOne(StreamHarness.MODEL))
        .containsExactlyInAnyOrder(
            RowKeys.HEADER,
            RowKeys.NEURON,
            RowKeys.WAITING,
            RowKeys.OUTCOME,
            RowKeys.VIEWS,
            RowKeys.STREAM,
            RowKeys.TAUGHT,
            RowKeys.PAIRS);
  }

  private void teach(String id) {
    stream.send(
        Topics.TEACHINGS,
        "bob",
        new Teaching(
            id, "bob", TeachingKind.LABEL, "s", 3L, null, null, new Affect(0.5f, 0.5f), null),
        StreamHarness.START.toEpochMilli());
  }

  @Test
  void damagedRowWhileAnotherModelIsSeeded_costsThatPersonAtMost_andTheirFramesAreAnswered() {
    stream.seeded("bob", "s");
    stream.restart(StreamHarness.config().toBuilder().modelVersion("pk-2").cacheBytes(0).build());
    stream.requests();
    stream.embedding(
        StreamHarness.embedding("bob", "s", 3, "pk-2"), StreamHarness.START.toEpochMilli());

    assertThat(kindsDamagedOneByOne("pk-2"))
        .containsExactlyInAnyOrder(
            RowKeys.HEADER, RowKeys.WAITING, RowKeys.STREAM, RowKeys.FORMER, RowKeys.FORMER_NEURON);
  }

  /**
   * Damages each of bob's rows, one bit at a time, and has him answered from there. Nothing is
   * cached, so that the stream meets the damage. Returns the kinds.
   */
  private Set<Byte> kindsDamagedOneByOne(String model) {
    SplittableRandom random = new SplittableRandom(1);
    List<SeedRequest> asked = stream.requests();
    Map<Bytes, byte[]> rows = rowsOfBob();
    String ann = stream.digest("ann");
    Set<Byte> kinds = new HashSet<>();
    for (Bytes key : rows.keySet()) {
      byte kind = RowKeys.kind(key);
      if (kind == RowKeys.MOMENT) {
        continue; // is read only when somebody teaches: TeachingTest
      }
      boolean oneOfMany = kind == RowKeys.NEURON || kind == RowKeys.FORMER_NEURON;
      if (!kinds.add(kind) && oneOfMany) {
        continue;
      }
      int bits = 8 * Objects.requireNonNull(rows.get(key)).length;
      IntStream.concat(IntStream.range(0, 16), random.ints(2, 16, bits))
          .forEach(bit -> damagedOnce(rows, key, bit, model, asked));
    }
    assertThat(stream.digest("ann")).isEqualTo(ann);
    return kinds;
  }

  private void damagedOnce(
      Map<Bytes, byte[]> rows, Bytes key, int bit, String model, List<SeedRequest> asked) {
    String where = "kind %d, bit %d".formatted(RowKeys.kind(key), bit);
    rowsOfBob().keySet().forEach(row -> stream.store().put(row, null));
    rows.forEach(stream.store()::put);
    damage(key, bit);
    long corrupt = stream.count(Count.CORRUPT_ROWS);
    stream.emotions();

    stream.embedding(
        StreamHarness.embedding("bob", "t", 0, model), StreamHarness.START.toEpochMilli());
    for (List<SeedRequest> next = asked; !next.isEmpty(); next = stream.requests()) {
      next.forEach(request -> stream.seeds(StreamHarness.imagine(request)));
    }

    assertThat(stream.emotions())
        .as(where)
        .extracting(event -> event.getIdentity().getStreamId())
        .contains("t");
    assertThat(stream.load("bob").queue()).as(where).isEmpty();
    assertThat(stream.count(Count.CORRUPT_ROWS)).as(where).isGreaterThan(corrupt);
  }

  private Map<Bytes, byte[]> rowsOfBob() {
    Map<Bytes, byte[]> rows = new LinkedHashMap<>();
    try (var each = stream.store().range(RowKeys.first(BOB), RowKeys.lastOf(BOB, (byte) 100))) {
      each.forEachRemaining(row -> rows.put(row.key, row.value));
    }
    return rows;
  }

  private byte[] fileOfAnn() {
    Person ann = stream.load("ann");
    return new MemoryFile(
            ann.header().modelVersion(),
            ann.header().seeded(),
            3,
            ann.header().framesPerceived(),
            MemoryParameters.of(StreamHarness.config().memory()),
            ann.memory())
        .toBytes();
  }

  @Test
  void damagedRowsThatAreNobodys_costNothing() {
    stream.frame("bob", "s", 0);
    stream.requests();
    stream.restart();
    damage(RowKeys.settings());
    damage(RowKeys.waitingPerson(BOB));

    stream.advance(Duration.ofSeconds(5));
    stream.answer("bob", "s", 0, 0);

    assertThat(stream.emotions()).hasSize(1);
    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(2);
    assertThat(stream.waitingFrames()).isZero();
  }

  private byte[] damage(Bytes key) {
    return damage(key, 9);
  }

  /** Flips one bit of a row. */
  private byte[] damage(Bytes key, int bit) {
    byte[] row = stream.store().get(key).clone();
    row[bit / 8] ^= (byte) (1 << bit % 8);
    stream.store().put(key, row);
    return row;
  }

  @Test
  void unreadableRows_ofOtherKinds_areDropped() {
    stream.restart();
    String before = stream.digest("ann");
    stream.store().put(RowKeys.waiting(ANN, 99), new byte[] {1});
    stream.store().put(RowKeys.stream(ANN, TextHash.of("t")), new byte[] {1});

    stream.frame("ann", "s", 3);

    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(2);
    assertThat(stream.emotions()).hasSize(1);
    assertThat(stream.digest("ann")).isNotEqualTo(before);
  }

  @Test
  void rowOfANewerRelease_stopsTheTask() {
    stream.restart();
    stream.store().put(RowKeys.header(ANN), HexFormat.of().parseHex("0300c586df4b"));

    assertThatThrownBy(() -> stream.frame("ann", "s", 3))
        .hasStackTraceContaining("a header row has format 3, this release reads 2 alone");
  }

  @Test
  void missingPairs_countAsARefusal() {
    stream.frame("bob", "s", 0);
    stream.frame("bob", "s", 1);
    stream.answer("bob", "s", 1, 0);
    stream.store().put(RowKeys.pairs(PersonHasher.plain().of("bob"), 0), null);

    stream.answer("bob", "s", 0, 0);

    assertThat(stream.emotions()).hasSize(2);
    assertThat(stream.load("bob").header().seeded()).isEqualTo(1);
    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(1);
  }

  @Test
  void smallestCache_changesNothingButTheReads() {
    try (StreamHarness cold =
        new StreamHarness(StreamHarness.config().toBuilder().cacheBytes(0).build())) {
      long warmLoads = stream.count(Count.CACHE_LOADS);
      for (StreamHarness each : List.of(stream, cold)) {
        for (int sequence = 0; sequence < 80; sequence++) {
          for (String person : List.of("bob", "cid")) {
            each.frame(person, "t", sequence);
            each.answer(person, "t", sequence - 1, 0);
          }
        }
      }

      assertThat(cold.emotions()).hasSizeGreaterThan(150).isEqualTo(stream.emotions());
      for (String person : List.of("bob", "cid")) {
        assertThat(cold.memory(person).size()).isGreaterThan(2);
        assertThat(cold.digest(person)).isEqualTo(stream.digest(person));
      }
      assertThat(stream.count(Count.CACHE_LOADS) - warmLoads).isEqualTo(2);
      assertThat(cold.count(Count.CACHE_LOADS)).isEqualTo(320);
    }
  }

  @Test
  void heapOfAPerson_holdsAllThatWaits() {
    Person bob = stream.load("bob");
    long before = bob.heapBytes();
    byte[] file = new byte[500_000];
    bob.enqueue(new Waiting.Frame(0, 0, face()));
    bob.enqueue(new Waiting.ImportReset(1, command(CommandKind.IMPORT), file, 3));
    bob.enqueue(new Waiting.CommandedReset(2, command(CommandKind.RESET)));
    assertThat(bob.heapBytes() - before).isBetween(500_000L, 502_000L);
    assertThat(stream.load("bob").heapBytes()).isEqualTo(bob.heapBytes());

    bob.removeHead();
    bob.removeHead();
    assertThat(bob.heapBytes() - before).isBetween(1L, 1_000L);
    bob.clearQueue();
    assertThat(bob.heapBytes()).isEqualTo(before);
  }

  private static Command command(CommandKind kind) {
    return new Command(kind, "bob", "c", 0, 0);
  }

  private static FaceFrame face() {
    return FaceFrame.of(
        "bob",
        "s",
        new FrameKey(TextHash.of("s"), 0),
        0,
        0,
        new float[StreamHarness.DIMENSIONS],
        new Affect(0f, 0f),
        null,
        null,
        "pk-1");
  }

  @Test
  void cache_holdsWhatFits_leastRecentlyUsedGoesFirst() {
    Counters counters = new Counters(new SimpleMeterRegistry());
    PersonStore store =
        new PersonStore(stream.store(), StreamHarness.config().memory(), counters, row -> {});
    Person one = store.load(PersonHasher.plain().of("one"));
    Person two = store.load(PersonHasher.plain().of("two"));
    Person three = store.load(PersonHasher.plain().of("three"));
    CacheBudget budget = new CacheBudget(2 * one.heapBytes());
    PersonCache cache = new PersonCache(store, budget, counters);
    cache.keep(one);
    cache.keep(two);
    assertThat(cache.get(one.hash())).isSameAs(one);

    cache.keep(three);

    assertThat(held(cache, one, two, three)).containsExactly(one, three);

    try (PersonCache other = new PersonCache(store, budget, counters)) {
      other.keep(two);
      cache.keep(three); // half of the budget is the other task's
      assertThat(held(cache, one, two, three)).containsExactly(three);
    }
    cache.keep(one);
    assertThat(held(cache, one, two, three)).containsExactly(one, three);
  }

  private static List<Person> held(PersonCache cache, Person... persons) {
    return Arrays.stream(persons).filter(person -> cache.peek(person.hash()) == person).toList();
  }

  @Test
  void otherWeightOfThePriorInPrototypes_stopsTheTaskBeforeAnythingIsMisread() {
    TopologyConfig other =
        StreamHarness.config().toBuilder()
            .memory(
                StreamHarness.config().memory().toBuilder()
                    .reading(ReadingConfig.standard().toBuilder().priorWeight(2).build())
                    .build())
            .build();
    stream.restart(other);

    assertThatThrownBy(() -> stream.frame("ann", "s", 3))
        .hasStackTraceContaining(
            "made with reading.priorWeight = 4.0 and would be misread with 2.0: start with 4.0");
  }

  @Test
  void cache_quietTask_givesUpWhatAnotherOneMayHave() {
    Counters counters = new Counters(new SimpleMeterRegistry());
    PersonStore store =
        new PersonStore(stream.store(), StreamHarness.config().memory(), counters, row -> {});
    Person one = store.load(PersonHasher.plain().of("one"));
    Person two = store.load(PersonHasher.plain().of("two"));
    CacheBudget budget = new CacheBudget(2 * one.heapBytes());
    try (PersonCache quiet = new PersonCache(store, budget, counters)) {
      quiet.keep(one);
      quiet.keep(two);
      try (PersonCache other = new PersonCache(store, budget, counters)) {
        quiet.trim();

        assertThat(held(quiet, one, two)).containsExactly(two);
        assertThat(held(other, one, two)).isEmpty();
      }
    }
  }

  @Test
  void cache_countsHitsLoadsAndEvictions() {
    stream.restart();
    long bytes = stream.load("ann").heapBytes();
    long hits = stream.count(Count.CACHE_HITS);
    stream.restart(StreamHarness.config().toBuilder().cacheBytes(bytes + 100).build());

    stream.frame("ann", "s", 3);
    stream.frame("ann", "s", 4);
    stream.frame("bob", "s", 0);
    stream.frame("ann", "s", 5);

    assertThat(stream.count(Count.CACHE_HITS) - hits).isEqualTo(1);
    assertThat(stream.count(Count.CACHE_LOADS)).isGreaterThanOrEqualTo(3);
    assertThat(stream.count(Count.CACHE_EVICTIONS)).isEqualTo(2);
  }

  @Test
  void keys_ofOnePerson_standTogetherAndInOrder() {
    PersonHash next = new PersonHash(ANN.high(), ANN.low() + 1);
    List<Bytes> inOrder =
        List.of(
            RowKeys.header(ANN),
            RowKeys.neuron(ANN, 1),
            RowKeys.neuron(ANN, 256),
            RowKeys.waiting(ANN, 3),
            RowKeys.waiting(ANN, 300),
            RowKeys.outcome(ANN, new SeedOutcome.Key(0, new FrameKey(TextHash.of("s"), 1))),
            RowKeys.outcome(ANN, new SeedOutcome.Key(1, new FrameKey(TextHash.of("s"), 0))),
            RowKeys.views(ANN),
            RowKeys.stream(ANN, TextHash.of("s")),
            RowKeys.last(ANN),
            RowKeys.pairs(ANN, 0),
            RowKeys.header(next));

    assertThat(inOrder).isSorted();
    assertThat(RowKeys.waitingPerson(ANN))
        .isBetween(RowKeys.firstWaitingPerson(), RowKeys.lastWaitingPerson());
  }
}
