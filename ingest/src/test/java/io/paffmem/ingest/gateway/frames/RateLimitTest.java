package io.paffmem.ingest.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();

  @Test
  void tryTake_atTheRate_isNeverRefused() {
    RateLimit limit = new RateLimit(25, now::get);

    for (int i = 0; i < 10_000; i++) {
      assertThat(limit.tryTake()).isTrue();
      now.addAndGet(SECOND / 25);
    }
  }

  @Test
  void tryTake_atTwiceTheRate_letsAboutTheRateThrough() {
    RateLimit limit = new RateLimit(25, now::get);

    assertThat(taken(limit, 50 * 60, SECOND / 50)).isBetween(25 * 60, 25 * 60 * 12 / 10);
  }

  @Test
  void tryTake_atOnce_isASecondsWorthAndTwoAtLeast() {
    assertThat(taken(new RateLimit(25, now::get), 100, 0)).isEqualTo(25);
    assertThat(taken(new RateLimit(0.5, now::get), 100, 0)).isEqualTo(2);
  }

  @Test
  void setPerSecond_lower_whatWasSavedUpGoes() {
    RateLimit limit = new RateLimit(25, now::get);

    limit.setPerSecond(3);

    assertThat(taken(limit, 100, 0)).isEqualTo(3);
  }

  private int taken(RateLimit limit, int tries, long everyNanos) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += limit.tryTake() ? 1 : 0;
      now.addAndGet(everyNanos);
    }
    return taken;
  }
}
