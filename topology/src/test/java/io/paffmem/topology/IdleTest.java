package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.RESET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.store.PersonStore;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames are ingested at START plus their sequence, in milliseconds. */
class IdleTest {
  private static final int LIMIT_MILLIS = 1000;
  private static final TopologyConfig CONFIG =
      StreamHarness.config().toBuilder().idleLimit(Duration.ofMillis(LIMIT_MILLIS)).build();

  @AutoClose private final StreamHarness stream = new StreamHarness(CONFIG);

  @BeforeEach
  void begin() {
    stream.seeded("ann", "s"); // the last frame at 2
  }

  @Test
  void memoryOfAPersonWhoIsSilent_goesAsOthersFramesPassTheLimit() {
    String ann = stream.digest("ann");
    stream.frame("bob", "s", LIMIT_MILLIS - 10);
    stream.frame("bob", "s", 2 + LIMIT_MILLIS); // at the limit, not beyond
    assertThat(stream.digest("ann")).isEqualTo(ann);

    stream.frame("bob", "s", 13 + LIMIT_MILLIS);
    stream.frame("bob", "s", 26 + LIMIT_MILLIS);

    assertThat(stream.memory("ann").size()).isZero();
    assertThat(stream.load("ann").header().generation()).isEqualTo(1);
    assertThat(stream.rows("ann")).as("header and stream").isEqualTo(2);
    assertThat(stream.count(Count.IDLE_MEMORIES_REMOVED)).isEqualTo(1);
    assertThat(stream.receipts()).isEmpty();
    assertThat(stream.load("bob").waitingFrames()).isEqualTo(4);
  }

  @Test
  void windowsOfStreams_goADayLater() {
    int day = (int) Duration.ofDays(1).toMillis();
    stream.frame("bob", "s", day + LIMIT_MILLIS);
    stream.frame("bob", "s", day + LIMIT_MILLIS + 20);

    assertThat(stream.rows("ann")).as("header").isEqualTo(1);
  }

  @Test
  void personWhoComesBack_beginsAnew_whetherTheSweepWasThereOrNot() {
    try (StreamHarness unswept = new StreamHarness(CONFIG)) {
      unswept.seeded("ann", "s");
      stream.frame("bob", "s", 3000);
      stream.frame("bob", "s", 3020);
      assertThat(stream.memory("ann").size()).isZero();
      assertThat(unswept.memory("ann").size()).isPositive();

      for (StreamHarness each : new StreamHarness[] {stream, unswept}) {
        each.emotions();
        each.frame("ann", "s", 5000);
        each.frame("ann", "s", 5001);
        each.answer("ann", "s", 5000, 1);
        each.answer("ann", "s", 5001, 1);
        assertThat(each.emotions()).extracting(Emotion::getFramesPerceived).containsExactly(1L, 2L);
        assertThat(each.count(Count.IDLE_MEMORIES_REMOVED)).isEqualTo(1);
      }
      assertThat(stream.digest("ann")).isEqualTo(unswept.digest("ann"));
    }
  }

  @Test
  void framesThatWait_areAnsweredByTheMemoryTheyCameTo() {
    stream.frame("bob", "s", 0);
    stream.frame("bob", "s", 5000); // beyond the limit, behind one that waits
    assertThat(stream.load("bob").waitingFrames()).isEqualTo(2);
    stream.restart();
    stream.frame("cid", "s", 9000);
    stream.frame("cid", "s", 9020);
    assertThat(stream.load("bob").waitingFrames()).isEqualTo(2);

    stream.answer("bob", "s", 5000, 1);
    stream.answer("bob", "s", 0, 0);

    assertThat(stream.emotions()).extracting(Emotion::getFramesPerceived).containsExactly(1L, 1L);
    assertThat(stream.receipts()).isEmpty();
  }

  @Test
  void sweep_goesRoundOverEveryone_andBeginsAgain() {
    for (int i = 0; i < 40; i++) {
      stream.seeded("p" + i, "s");
    }
    PersonStore store =
        new PersonStore(
            stream.store(),
            StreamHarness.config().memory(),
            new Counters(new SimpleMeterRegistry()),
            row -> {});
    long later = StreamHarness.START.toEpochMilli() + 3;
    int found = 0;
    for (int look = 0; look < 9; look++) {
      found += store.silentSince(later, 10).size();
    }
    // Once round: 41 persons, the settings, and the wrap; then again from the first.
    assertThat(found).isBetween(41, 82);
    assertThat(store.silentSince(later - 1, 1000)).isEmpty();
    assertThat(RowKeys.after(new PersonHash(-1, -1))).isNull();
    assertThat(RowKeys.after(new PersonHash(1, -1))).isEqualTo(RowKeys.first(new PersonHash(2, 0)));
  }

  @Test
  void withoutALimit_nothingGoes() {
    stream.restart(StreamHarness.config());
    stream.frame("bob", "s", 1_000_000);
    stream.frame("ann", "s", 2_000_000);

    assertThat(stream.load("ann").header().generation()).isZero();
    assertThat(stream.count(Count.IDLE_MEMORIES_REMOVED)).isZero();
  }

  @Test
  void resetOfAPersonWhoIsIdle_countsGenerationsAlike() {
    stream.command("c", "ann", RESET, 0);
    stream.frame("ann", "s", 5000);

    assertThat(stream.load("ann").header().generation()).isEqualTo(2);
    assertThat(stream.count(Count.IDLE_MEMORIES_REMOVED)).isZero();
  }

  @Test
  void limitThatIsNone_isRefused() {
    assertThatThrownBy(() -> CONFIG.toBuilder().idleLimit(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idleLimit = PT0S");
  }
}
