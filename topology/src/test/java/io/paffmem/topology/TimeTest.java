package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.topology.metrics.Count;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times that cannot be right, and several cameras on one person. */
class TimeTest {
  private static final long START = StreamHarness.START.toEpochMilli();
  private static final int FRAMES = 8;

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  /** What a publisher may write for the n-th frame, which it takes at START + 40 n. */
  enum Clock {
    ZERO,
    CONSTANT,
    SECONDS,
    MICROSECONDS,
    HOURS_AHEAD,
    NEGATIVE;

    long millis(long taken) {
      return switch (this) {
        case ZERO -> 0;
        case CONSTANT -> START;
        case SECONDS -> taken / 1000;
        case MICROSECONDS -> taken * 1000;
        case HOURS_AHEAD -> taken + 36_000_000;
        case NEGATIVE -> -1;
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Clock.class)
  void timesThatCannotBe_fallBackToTheTimeOfIngest_andAreCounted(Clock clock) {
    stream.seeded("ann", "right");
    stream.seeded("bob", "wrong");
    stream.emotions();

    List<Emotion> right = seen("ann", "right", taken -> taken);
    List<Emotion> wrong = seen("bob", "wrong", clock::millis);

    // The faces change, and the answers follow as they do where times are right.
    for (int i = 2; i < FRAMES; i++) {
      assertThat(moved(wrong, i)).isCloseTo(moved(right, i), within(0.02));
    }
    assertThat(stream.count(Count.IMPLAUSIBLE_TIMES))
        .isEqualTo(clock == Clock.CONSTANT ? FRAMES - 1 : FRAMES);
  }

  @Test
  void twoCamerasOnOnePerson_eachAnswersForItself() {
    stream.seeded("ann", "left");
    stream.emotions();

    for (int n = 0; n < 20; n++) {
      send("ann", "left", 10 + n, START + 40L * n, new Affect(0.6f, 0.6f));
      send("ann", "right", 10 + n, START + 40L * n + 5, new Affect(-0.6f, -0.6f));
    }

    List<Emotion> events = stream.emotions();
    assertThat(events).hasSize(40);
    assertThat(events.get(38).getAffect().getArousal()).isGreaterThan(0.4f);
    assertThat(events.get(39).getAffect().getArousal()).isLessThan(-0.4f);
  }

  /** Readings that go from -0.8 to 0.8 and back with every frame. */
  private List<Emotion> seen(String person, String name, LongUnaryOperator capturedAt) {
    for (int n = 0; n < FRAMES; n++) {
      float reading = n % 2 == 0 ? 0.8f : -0.8f;
      send(
          person,
          name,
          10 + n,
          capturedAt.applyAsLong(START + 40L * n),
          new Affect(reading, reading),
          n);
    }
    return stream.emotions();
  }

  private static double moved(List<Emotion> events, int i) {
    return events.get(i).getAffect().getArousal() - events.get(i - 1).getAffect().getArousal();
  }

  private void send(String person, String name, long sequence, long capturedAt, Affect prior) {
    send(person, name, sequence, capturedAt, prior, (capturedAt - START) / 40);
  }

  private void send(
      String person, String name, long sequence, long capturedAt, Affect prior, long n) {
    Embedding face =
        Embedding.newBuilder(StreamHarness.embedding(person, name, sequence, StreamHarness.MODEL))
            .setCapturedAtMillis(capturedAt)
            .setPrior(prior)
            .build();
    stream.embedding(face, START + 40 * n);
  }
}
