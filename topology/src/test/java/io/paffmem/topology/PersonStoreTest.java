package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.avro.Emotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonStoreTest {
  private static final PersonHash ANN = PersonHash.of("ann");

  @TempDir private Path folder;
  private StreamHarness stream;

  @BeforeEach
  void open() {
    stream = new StreamHarness(StreamHarness.config(), folder);
    stream.seeded("ann", "s");
    stream.emotions();
  }

  @AfterEach
  void close() {
    stream.close();
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

    assertThat(stream.count(Counter.CORRUPT_ROWS)).isEqualTo(1);
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

    assertThat(stream.count(Counter.CORRUPT_ROWS)).isEqualTo(1);
    assertThat(stream.rows("ann")).isEqualTo(3); // header, stream, one waiting frame
  }

  @Test
  void unreadableRows_ofOtherKinds_areDropped() {
    stream.restart();
    String before = stream.digest("ann");
    stream.store().put(RowKeys.waiting(ANN, 99), new byte[] {1});
    stream.store().put(RowKeys.stream(ANN, TextHash.of("t")), new byte[] {1});

    stream.frame("ann", "s", 3);

    assertThat(stream.count(Counter.CORRUPT_ROWS)).isEqualTo(2);
    assertThat(stream.emotions()).hasSize(1);
    assertThat(stream.digest("ann")).isNotEqualTo(before);
  }

  @Test
  void rowOfANewerRelease_stopsTheTask() {
    stream.restart();
    stream.store().put(RowKeys.header(ANN), new byte[] {2, 0, 0});

    assertThatThrownBy(() -> stream.frame("ann", "s", 3))
        .hasStackTraceContaining("a header row has format 2, this release reads up to 1");
  }

  @Test
  void missingPairs_countAsARefusal() {
    stream.frame("bob", "s", 0);
    stream.frame("bob", "s", 1);
    stream.answer("bob", "s", 1, 0);
    stream.store().put(RowKeys.pairs(PersonHash.of("bob"), 0), null);

    stream.answer("bob", "s", 0, 0);

    assertThat(stream.emotions()).hasSize(2);
    assertThat(stream.load("bob").header.seeded).isEqualTo(1);
    assertThat(stream.count(Counter.CORRUPT_ROWS)).isEqualTo(1);
  }

  @Test
  void smallestCache_changesNothingButTheReads() {
    try (StreamHarness cold =
        new StreamHarness(StreamHarness.config().withCacheBytes(0), folder.resolve("cold"))) {
      for (int sequence = 0; sequence < 12; sequence++) {
        for (String person : List.of("ann", "bob")) {
          stream.frame(person, "t", sequence);
          stream.answer(person, "t", sequence, 0);
          if (sequence < 3) {
            cold.frame(person, "s", sequence);
            cold.answer(person, "s", sequence, 0);
          }
        }
      }
      cold.frame("ann", "s", 3);
      assertThat(cold.memory("ann").size()).isGreaterThan(2);
      assertThat(cold.load("ann").header.framesPerceived).isEqualTo(4);
    }
  }

  @Test
  void cache_holdsWhatFits_leastRecentlyUsedGoesFirst() {
    PersonStore store =
        new PersonStore(
            stream.store(), StreamHarness.DIMENSIONS, new Counters(new NoMetrics(), "test"));
    Person one = store.load(PersonHash.of("one"));
    Person two = store.load(PersonHash.of("two"));
    Person three = store.load(PersonHash.of("three"));
    PersonCache cache = new PersonCache(store, 2 * one.heapBytes());
    cache.keep(one);
    cache.keep(two);
    assertThat(cache.get(one.hash)).isSameAs(one);

    cache.keep(three);

    List<PersonHash> kept = new ArrayList<>();
    cache.hashes().forEach(kept::add);
    assertThat(kept).containsExactlyInAnyOrder(one.hash, three.hash);
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
            RowKeys.outcome(ANN, 0, FrameKey.of("s", 1)),
            RowKeys.outcome(ANN, 1, FrameKey.of("s", 0)),
            RowKeys.late(ANN, 0, 7),
            RowKeys.stream(ANN, TextHash.of("s")),
            RowKeys.last(ANN),
            RowKeys.pairs(ANN, 0),
            RowKeys.header(next));

    assertThat(inOrder).isSorted();
    assertThat(RowKeys.waitingPerson(ANN))
        .isBetween(RowKeys.firstWaitingPerson(), RowKeys.lastWaitingPerson());
  }
}
