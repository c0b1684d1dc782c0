package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FreshThreadsTest {
  private final Throwable broken = new StreamsException(new InvalidTxnStateException("no"));
  private final Throwable away = new StreamsException(new TimeoutException("away"));

  private final List<Long> pauses = new ArrayList<>();
  private long nanos = Duration.ofDays(1).toNanos();
  private final FreshThreads threads =
      new FreshThreads(
          () -> Optional.of("Topics are missing: seeds; create them"),
          () -> nanos,
          millis -> {
            pauses.add(millis);
            nanos += Duration.ofMillis(millis).toNanos();
          });

  @Test
  void heals_failuresInARow_waitsTwiceAsLongEachUpToTwoSeconds() {
    for (int i = 0; i < 9; i++) {
      assertThat(threads.heals(broken)).isTrue();
    }

    assertThat(pauses).containsExactly(0L, 50L, 100L, 200L, 400L, 800L, 1_600L, 2_000L, 2_000L);
  }

  @Test
  void heals_afterAQuietMinute_beginsAgain() {
    threads.heals(broken);
    threads.heals(broken);

    pass(FreshThreads.QUIET.plusSeconds(1));
    threads.heals(broken);

    assertThat(pauses).containsExactly(0L, 50L, 0L);
  }

  @Test
  void heals_brokenAllTheTime_givesUpAfterTenMinutes() {
    long begun = nanos;
    while (threads.heals(broken)) {
      pass(Duration.ofSeconds(1));
      assertThat(nanos - begun).isLessThan(FreshThreads.PATIENCE.multipliedBy(2).toNanos());
    }

    assertThat(Duration.ofNanos(nanos - begun))
        .isBetween(FreshThreads.PATIENCE, FreshThreads.PATIENCE.plusSeconds(5));
  }

  @Test
  void heals_brokenNowAndThen_neverGivesUp() {
    for (int i = 0; i < 100; i++) {
      assertThat(threads.heals(broken)).isTrue();
      pass(FreshThreads.QUIET.plusSeconds(1));
    }
  }

  @Test
  void heals_awayForAnHour_isWaitedFor() {
    for (int i = 0; i < 3_600; i++) {
      assertThat(threads.heals(away)).isTrue();
      pass(Duration.ofSeconds(1));
    }
    assertThat(threads.heals(broken)).isTrue();
  }

  @Test
  void heals_missingRight_givesUpAtOnce() {
    assertThat(threads.heals(new StreamsException(new AuthorizationException("no right"))))
        .isFalse();
    assertThat(pauses).isEmpty();
  }

  @Test
  void problem_afterAFailure_saysItForTenSeconds() {
    assertThat(threads.problem()).isEmpty();

    threads.heals(away);

    assertThat(threads.problem())
        .hasValueSatisfying(
            said -> assertThat(said).contains("start again and again").contains("away"));
    pass(Duration.ofSeconds(11));
    assertThat(threads.problem()).isEmpty();
  }

  @Test
  void problem_topicDeleted_namesItAndTheRemedy() {
    assertThat(threads.heals(new MissingSourceTopicException("one or more"))).isTrue();

    assertThat(threads.problem())
        .hasValueSatisfying(said -> assertThat(said).contains("missing: seeds; create them"));
  }

  @Test
  void problem_diskFull_saysSoAndWaitsForRoom() {
    var full =
        new ProcessorStateException("put", new IOException("No space left on device: 000012.sst"));

    for (int i = 0; i < 500; i++) {
      assertThat(threads.heals(full)).isTrue();
      pass(Duration.ofSeconds(2));
    }

    assertThat(threads.problem())
        .hasValueSatisfying(
            said -> assertThat(said).contains("disk", "is full; make room", "000012.sst"));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
