package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.MemoryConfig.OnlineInsertion;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.Recognition;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.person.Journal;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final PersonHash ANN = PersonHash.of("ann");

  /** Of these, every frame from the third on is learnt after the seeding. */
  private static final int FIRST = 3;

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  @BeforeEach
  void begin() {
    stream.seeded("ann", "s");
  }

  @Test
  void frame_writesItsFaceHeaderAndStream_andNoNeuron() {
    frames(FIRST, 20);
    stream.changelogWrites();

    stream.frame("ann", "s", 20);

    assertThat(stream.changelogWrites()).isEqualTo(3);
    assertThat(stream.store().get(RowKeys.journal(ANN, 20 - FIRST))).isNotNull();
  }

  @Test
  void fullJournal_nextFrameWritesTheNeuronsThatMoved_onceEach() {
    MemoryState moved = stream.memory("ann");
    AffectiveMemory memory = new AffectiveMemory(StreamHarness.config().memory());
    for (int sequence = FIRST; sequence <= FIRST + Journal.MOST; sequence++) {
      float[] face = StreamHarness.face("ann", sequence, StreamHarness.DIMENSIONS);
      memory.learn(moved, face, 0.25f, -0.25f, new Recognition());
    }
    int touched = moved.removedCount();
    for (int slot = 0; slot < moved.size(); slot++) {
      touched += moved.isDirty(slot) ? 1 : 0;
    }
    frames(FIRST, FIRST + Journal.MOST);
    assertThat(stream.store().get(RowKeys.journal(ANN, Journal.MOST - 1))).isNotNull();
    stream.changelogWrites();

    stream.frame("ann", "s", FIRST + Journal.MOST);

    // Header, stream, neurons, and a tombstone for each face.
    assertThat(stream.changelogWrites()).isEqualTo(2 + touched + Journal.MOST);
    assertThat(stream.store().get(RowKeys.journal(ANN, 0))).isNull();
    assertThat(stream.load("ann").journal().faces()).isZero();
  }

  /** With neurons that come and go while the journal is kept, too. */
  @ParameterizedTest
  @EnumSource(OnlineInsertion.class)
  void coldLoad_withAnyNumberOfFaces_isTheMemoryThatLearntThem(OnlineInsertion insertion) {
    TopologyConfig config =
        StreamHarness.config().toBuilder()
            .memory(
                StreamHarness.config().memory().toBuilder()
                    .onlineInsertion(insertion)
                    .capacity(40)
                    .maxEdgeAge(1)
                    .build())
            .build();
    AffectiveMemory memory = new AffectiveMemory(config.memory());
    Recognition seen = new Recognition();
    try (StreamHarness warm = new StreamHarness(config);
        StreamHarness cold = new StreamHarness(config.toBuilder().cacheBytes(0).build())) {
      warm.seeded("ann", "s");
      cold.seeded("ann", "s");
      MemoryState expected = warm.memory("ann");
      int firstId = expected.nextNeuronId();
      int removed = 0;
      for (int sequence = FIRST; sequence < FIRST + 2 * Journal.MOST + 5; sequence++) {
        int before = expected.size();
        int idBefore = expected.nextNeuronId();
        warm.frame("ann", "s", sequence);
        cold.frame("ann", "s", sequence);
        float[] face = StreamHarness.face("ann", sequence, StreamHarness.DIMENSIONS);
        memory.recognize(expected, face, 0.25f, -0.25f, 1000 + sequence, seen);
        memory.learn(expected, face, 0.25f, -0.25f, seen);
        removed += before + expected.nextNeuronId() - idBefore - expected.size();

        assertThat(warm.memory("ann").digest()).isEqualTo(expected.digest());
        assertThat(cold.memory("ann").digest()).isEqualTo(expected.digest());
      }
      assertThat(cold.emotions()).isEqualTo(warm.emotions());
      boolean inserts = insertion != OnlineInsertion.OFF;
      assertThat(expected.nextNeuronId() > firstId).as("neurons came").isEqualTo(inserts);
      assertThat(removed > 0).as("neurons went").isEqualTo(inserts);
      assertThat(cold.count(Count.NEURONS_INSERTED)).isEqualTo(warm.count(Count.NEURONS_INSERTED));
    }
  }

  @Test
  void damagedFace_memoryBeginsAnew() {
    frames(FIRST, 10);
    stream.restart();
    Bytes key = RowKeys.journal(ANN, 2);
    byte[] row = stream.store().get(key).clone();
    row[9] ^= 1;
    stream.store().put(key, row);

    stream.frame("ann", "s", 10);

    assertBegunAnew();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6})
  void missingFace_memoryBeginsAnew(int place) {
    frames(FIRST, 10);
    stream.restart();
    stream.store().put(RowKeys.journal(ANN, place), null);

    stream.frame("ann", "s", 10);

    assertBegunAnew();
  }

  private void assertBegunAnew() {
    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(1);
    assertThat(stream.load("ann").header().generation()).isEqualTo(1);
    assertThat(stream.load("ann").memory().size()).isZero();
    assertThat(stream.rows("ann")).isEqualTo(3); // header, stream, the frame that waits
  }

  @Test
  void resetAndForget_leaveNoFace() {
    frames(FIRST, 10);

    stream.command("c", "ann", CommandKind.RESET, 0);

    assertThat(stream.rows("ann")).isEqualTo(2); // header, stream
    stream.frame("ann", "s", 10);
    stream.answer("ann", "s", 10, 1);
    stream.command("d", "ann", CommandKind.FORGET, 0);
    assertThat(stream.rows("ann")).isEqualTo(1); // header
  }

  private void frames(int from, int to) {
    for (int sequence = from; sequence < to; sequence++) {
      stream.frame("ann", "s", sequence);
    }
  }
}
