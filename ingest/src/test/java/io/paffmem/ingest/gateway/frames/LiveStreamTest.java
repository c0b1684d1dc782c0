package io.paffmem.ingest.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LiveStreamTest {
  private final LiveStream stream = new LiveStream(new RateLimit(25, () -> 0));

  @Test
  void next_withoutANumber_isTheClocksAndGrowsWhateverTheClockDoes() {
    assertThat(stream.next(null, 1_000)).isEqualTo(1_000);
    assertThat(stream.next(null, 1_000)).isEqualTo(1_001);
    assertThat(stream.next(null, 900)).isEqualTo(1_002);
    assertThat(stream.next(null, 2_000)).isEqualTo(2_000);
  }

  @Test
  void next_publishersNumber_isTakenAsItIsEvenAgain() {
    assertThat(stream.next(7L, 1_000)).isEqualTo(7);
    assertThat(stream.next(9L, 1_000)).isEqualTo(9);
    assertThat(stream.next(7L, 1_000)).isEqualTo(7);
  }

  @Test
  void isTooLate_onlyFarBehindTheNewest() {
    stream.next(5_000L, 0);

    assertThat(stream.isTooLate(4_001)).isFalse();
    assertThat(stream.isTooLate(4_000)).isTrue();
    assertThat(stream.isTooLate(6_000)).isFalse();
  }

  @Test
  void acknowledged_isTheNewest() {
    assertThat(stream.acknowledged()).isEmpty();

    stream.acknowledge(5);
    stream.acknowledge(3);

    assertThat(stream.acknowledged()).hasValue(5);
  }

  /** A publisher that begins again at 0 is told; one that sends again what got no reply is not. */
  @Test
  void isRepeated_beginsAgain_isToldFromWhatIsSentAgain() {
    for (long sequence = 0; sequence < 300; sequence++) {
      stream.acknowledge(sequence);
    }

    assertThat(stream.isRepeated(0, 16)).isTrue();
    assertThat(stream.isRepeated(282, 16)).isTrue();
    assertThat(stream.isRepeated(283, 16)).isFalse();
    assertThat(stream.isRepeated(299, 16)).isFalse();
    assertThat(stream.isRepeated(300, 16)).isFalse();
  }

  @Test
  void isRepeated_whatWasNeverAcknowledged_isNotThatLateItMayCome() {
    for (long sequence = 0; sequence < 5_000; sequence++) {
      if (sequence % 10 != 3) {
        stream.acknowledge(sequence);
      }
    }

    assertThat(stream.isRepeated(4_003, 16)).isFalse();
    assertThat(stream.isRepeated(4_004, 16)).isTrue();
    stream.acknowledge(4_003);
    assertThat(stream.isRepeated(4_003, 16)).isTrue();
    // Sequences with gaps: only what was acknowledged counts.
    stream.acknowledge(100_000);
    stream.acknowledge(100_500);
    assertThat(stream.isRepeated(100_000, 16)).isFalse();
    assertThat(stream.isRepeated(99_999, 0)).isFalse();
  }

  @Test
  void takeOver_byAnother_tellsTheOneBeforeUnlessItLeft() {
    AtomicInteger first = new AtomicInteger();
    Runnable firstTold = first::incrementAndGet;
    AtomicInteger second = new AtomicInteger();
    Runnable secondTold = second::incrementAndGet;

    stream.takeOver(firstTold);
    stream.takeOver(secondTold);
    stream.leave(firstTold);
    assertThat(first).hasValue(1);

    stream.leave(secondTold);
    stream.takeOver(firstTold);
    assertThat(second).hasValue(0);
  }

  @Test
  void of_manyStreams_forgetsTheOnesNobodyAskedFor() {
    LiveStreams streams = new LiveStreams(25, () -> 0);
    LiveStream ann = streams.of("ann", "a");
    LiveStream bob = streams.of("bob", "a");
    for (int i = 0; i < 10_000; i++) {
      assertThat(streams.of("ann", "a")).isSameAs(ann);
      streams.of("person-" + i, "a");
    }

    assertThat(streams.of("ann", "b")).isNotSameAs(ann);
    assertThat(streams.of("bob", "a")).isNotSameAs(bob);
  }
}
