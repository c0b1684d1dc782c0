package io.paffmem.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

final class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void summary_nothingAdded_null() {
    assertThat(latencies.summary()).isNull();
  }

  @Test
  void summary_oneFrame_isBothPercentiles() {
    latencies.add(7_500_000);

    assertSummary(7.5, 7.5);
  }

  @Test
  void summary_evenNumber_lowerOfTheTwoInTheMiddle() {
    addMillis(40, 10, 30, 20);

    // Ranks ceil(0.5 * 4) = 2 and ceil(0.99 * 4) = 4.
    assertSummary(20, 40);
  }

  @Test
  void summary_manyFrames_nearestRank() {
    for (int millis = 2_000; millis >= 1; millis--) {
      addMillis(millis);
    }

    // Ranks ceil(0.5 * 2000) = 1000 and ceil(0.99 * 2000) = 1980.
    assertSummary(1_000, 1_980);
  }

  @Test
  void summary_hoursBesideMicroseconds_asExact() {
    latencies.add(3_000);
    latencies.add(7_200_000_000_000L);

    assertSummary(0.003, 7_200_000);
  }

  private void assertSummary(double p50, double p99) {
    RunSummary.LatencyMillis summary = requireNonNull(latencies.summary());
    assertThat(summary.p50()).isCloseTo(p50, withinPercentage(0.1));
    assertThat(summary.p99()).isCloseTo(p99, withinPercentage(0.1));
  }

  private void addMillis(int... all) {
    for (int millis : all) {
      latencies.add(millis * 1_000_000L);
    }
  }
}
