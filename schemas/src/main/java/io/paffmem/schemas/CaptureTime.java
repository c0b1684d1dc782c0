package io.paffmem.schemas;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Whether a picture can have been taken when its publisher says. Zero, seconds or microseconds for
 * milliseconds, and clocks that are ahead cannot; a recording of years ago can.
 */
public final class CaptureTime {
  /** Before digital cameras were common: such a time is no time. */
  private static final long EARLIEST_MILLIS = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  /** How far a publisher's clock may be ahead. */
  private static final long AHEAD_MILLIS = 3_600_000;

  private CaptureTime() {}

  /**
   * Whether a time is plausible beside the time of ingest. If that is itself before 2000, its clock
   * is not set, and only the order of the two is looked at.
   */
  public static boolean isPlausible(long capturedAtMillis, long ingestedAtMillis) {
    long earliest = ingestedAtMillis >= EARLIEST_MILLIS ? EARLIEST_MILLIS : 0;
    return capturedAtMillis >= earliest && capturedAtMillis <= ingestedAtMillis + AHEAD_MILLIS;
  }

  /** What is wrong with a time, and what to do; empty if it is plausible. */
  public static Optional<String> problem(long capturedAtMillis, long ingestedAtMillis) {
    if (isPlausible(capturedAtMillis, ingestedAtMillis)) {
      return Optional.empty();
    }
    return Optional.of(
        "capturedAt is %d, which is %s; give milliseconds since 1970 of a clock that is set, or leave it out"
            .formatted(capturedAtMillis, described(capturedAtMillis, ingestedAtMillis)));
  }

  private static String described(long capturedAtMillis, long ingestedAtMillis) {
    if (capturedAtMillis > ingestedAtMillis) {
      return "%,d hours ahead of this machine's clock"
          .formatted((capturedAtMillis - ingestedAtMillis) / AHEAD_MILLIS);
    }
    return "in the year "
        + Instant.ofEpochMilli(Math.max(0, capturedAtMillis)).atZone(ZoneOffset.UTC).getYear();
  }
}
