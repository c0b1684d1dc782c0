package io.paffmem.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Who of some people is seen when. */
interface Presence {
  /** Everybody, all the time. */
  Presence ALWAYS = (person, seconds) -> true;

  /** Whether a person is seen so many seconds after the begin. */
  boolean isThere(int person, double seconds);

  /**
   * Participants of a meeting: each is seen for 10 to 40 s, then has the camera off for 3 to 10 s,
   * or, one time in three, leaves and comes back after 15 to 30 s; and so on. They come within 15
   * s, or within the first half of a shorter time. The same people always do the same.
   */
  static Presence ofMeetings(int people, double seconds) {
    List<TreeMap<Double, Boolean>> changes = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      SplittableRandom random = new SplittableRandom(person);
      TreeMap<Double, Boolean> own = new TreeMap<>(Map.of(0.0, false));
      double at = random.nextDouble(0, Math.min(15, seconds / 2));
      while (at < seconds) {
        own.put(at, true);
        at += random.nextDouble(10, 40);
        own.put(at, false);
        at += random.nextInt(3) == 0 ? random.nextDouble(15, 30) : random.nextDouble(3, 10);
      }
      changes.add(own);
    }
    return (person, since) -> changes.get(person).floorEntry(since).getValue();
  }
}
