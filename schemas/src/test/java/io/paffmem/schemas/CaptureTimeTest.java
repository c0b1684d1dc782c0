package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTimeTest {
  private static final long NOW = 1_760_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {NOW, NOW - 40, NOW + 60_000, 1_000_000_000_000L})
  void isPlausible_nowAndYearsAgo(long capturedAt) {
    assertThat(CaptureTime.isPlausible(capturedAt, NOW)).isTrue();
    assertThat(CaptureTime.problem(capturedAt, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, -1, NOW / 1000, NOW * 1000, NOW + 7_200_000, Long.MAX_VALUE, Long.MIN_VALUE})
  void isPlausible_zeroOtherUnitsAndClocksAhead_areNot(long capturedAt) {
    assertThat(CaptureTime.isPlausible(capturedAt, NOW)).isFalse();
    assertThat(CaptureTime.problem(capturedAt, NOW).orElseThrow())
        .startsWith("capturedAt is " + capturedAt)
        .contains("give milliseconds since 1970");
  }

  @Test
  void isPlausible_whereTheClockOfIngestIsNotSet_onlyTheOrderCounts() {
    assertThat(CaptureTime.isPlausible(1000, 2000)).isTrue();
    assertThat(CaptureTime.isPlausible(NOW, 2000)).isFalse();
  }

  @Test
  void problem_saysWhatTheTimeWouldBe() {
    assertThat(CaptureTime.problem(NOW / 1000, NOW).orElseThrow()).contains("in the year 1970");
    assertThat(CaptureTime.problem(NOW + 7_200_000, NOW).orElseThrow())
        .contains("2 hours ahead of this machine's clock");
  }
}
