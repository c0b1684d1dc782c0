package io.paffmem.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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

    assertThat(latencies.summary()).isEqualTo(new RunSummary.LatencyMillis(7.5, 7.5));
  }

  @Test
  void summary_evenNumber_lowerOfTheTwoInTheMiddle() {
    addMillis(40, 10, 30, 20);

    // Ranks ceil(0.5 * 4) = 2 and ceil(0.99 * 4) = 4.
    assertThat(latencies.summary()).isEqualTo(new RunSummary.LatencyMillis(20, 40));
  }

  @Test
  void summary_moreThanTheFirstBuffer_nearestRank() {
    for (int millis = 2_000; millis >= 1; millis--) {
      addMillis(millis);
    }

    // Ranks ceil(0.5 * 2000) = 1000 and ceil(0.99 * 2000) = 1980.
    assertThat(latencies.summary()).isEqualTo(new RunSummary.LatencyMillis(1_000, 1_980));
  }

  private void addMillis(int... all) {
    for (int millis : all) {
      latencies.add(millis * 1_000_000L);
    }
  }
}
