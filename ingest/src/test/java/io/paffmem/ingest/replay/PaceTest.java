package io.paffmem.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private final List<Long> slept = new ArrayList<>();
  private long nowNanos = Long.MAX_VALUE - 10_000_000;
  private final Pace pace =
      Pace.real(
          () -> nowNanos,
          nanos -> {
            slept.add(nanos);
            nowNanos += nanos;
          });

  @Test
  void await_firstPicture_goesAtOnceWhateverItsTime() throws Exception {
    pace.await(3_000_000);

    assertThat(slept).isEmpty();
  }

  @Test
  void await_handlingTakesTime_waitsForTheRest() throws Exception {
    pace.await(500_000);
    nowNanos += 15_000_000;
    pace.await(540_000);

    assertThat(slept).containsExactly(25_000_000L);
  }

  @Test
  void await_lateOnce_catchesUpWithoutDrifting() throws Exception {
    pace.await(0);
    nowNanos += 70_000_000;
    pace.await(40_000);
    pace.await(80_000);

    assertThat(slept).containsExactly(10_000_000L);
  }

  @Test
  void lateMicros_behind_isWhatIsMissing() throws Exception {
    pace.await(0);
    nowNanos += 70_000_000;

    assertThat(pace.lateMicros(40_000)).isEqualTo(30_000);
    assertThat(pace.lateMicros(80_000)).isEqualTo(-10_000);
    assertThat(Pace.max().lateMicros(40_000)).isZero();
  }

  @Test
  void await_max_neverWaits() throws Exception {
    Pace.max().await(0);
    Pace.max().await(Long.MAX_VALUE);

    assertThat(slept).isEmpty();
  }
}
