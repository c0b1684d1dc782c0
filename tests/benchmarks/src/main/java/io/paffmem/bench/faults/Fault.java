package io.paffmem.bench.faults;

import java.time.Duration;
import java.util.SplittableRandom;

/** What happens on a bad day. */
public enum Fault {
  KILL_TOPOLOGY("topology killed"),
  KILL_MODEL_SERVER("model server killed"),
  PAUSE_TOPOLOGY("topology paused"),
  PAUSE_MODEL_SERVER("model server paused"),
  STOP_BROKER("broker stopped"),
  ROLLING_RESTART("all stages restarted, one after the other");

  private static final int[] SHARES = {5, 4, 3, 2, 3, 1};

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** As a table names it. */
  public String words() {
    return words;
  }

  /** Draws one; killing a topology is the most frequent. */
  static Fault draw(SplittableRandom random) {
    int sum = 0;
    for (int share : SHARES) {
      sum += share;
    }
    int at = random.nextInt(sum);
    int kind = 0;
    while (at >= SHARES[kind]) {
      at -= SHARES[kind++];
    }
    return values()[kind];
  }

  /** How long a pause, or the broker's absence, takes: 2 to 30 s, short ones more often. */
  static Duration drawAbsence(SplittableRandom random) {
    double share = random.nextDouble();
    return Duration.ofMillis((long) (2_000 + 28_000 * share * share));
  }
}
