package io.paffmem.ingest.video;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source that is away is treated.
 *
 * @param stall no picture for longer than this is a stall: the connection is given up and made
 *     again
 * @param firstPause before the first attempt to connect again; doubles with each that fails
 * @param longestPause bounds that
 * @param giveUp a source that was away for longer is an error; null for never
 */
public record LiveConfig(
    Duration stall, Duration firstPause, Duration longestPause, @Nullable Duration giveUp) {

  /**
   * Checks every setting and fails once.
   *
   * @throws IllegalArgumentException naming each setting that is out of range
   */
  public LiveConfig {
    List<String> problems = new ArrayList<>();
    require(problems, "stall", stall);
    require(problems, "firstPause", firstPause);
    require(problems, "longestPause", longestPause);
    if (giveUp != null) {
      require(problems, "giveUp", giveUp);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("live source: " + String.join("; ", problems));
    }
  }

  /** Ten seconds make a stall; pauses of half a second to half a minute; never given up. */
  public static LiveConfig standard() {
    return new LiveConfig(
        Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(30), null);
  }

  /** The pause after that many failures in a row, 1 or more. */
  Duration pause(int failures) {
    Duration doubled = firstPause.multipliedBy(1L << Math.min(20, failures - 1));
    return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }

  private static void require(List<String> problems, String name, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(Duration.ofDays(1)) > 0) {
      problems.add(name + " is " + value + ", must be a millisecond to a day");
    }
  }
}
