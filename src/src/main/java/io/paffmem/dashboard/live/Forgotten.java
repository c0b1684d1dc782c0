package io.paffmem.dashboard.live;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who was forgotten, and which of their events belong to what was: the topic still has them until
 * its retention is over, the dashboard shows them no more. Thread-safe.
 */
public final class Forgotten {
  /** People, the latest; a topic of events does not live long enough for more. */
  private static final int MOST = 100_000;

  private final Map<String, Long> cutoffs = new LinkedHashMap<>();

  /**
   * Enters a person.
   *
   * @param cutoffMillis what was ingested before is forgotten
   */
  synchronized void add(String person, long cutoffMillis) {
    Long before = cutoffs.remove(person);
    cutoffs.put(person, before == null ? cutoffMillis : Math.max(before, cutoffMillis));
    if (cutoffs.size() > MOST) {
      cutoffs.remove(cutoffs.keySet().iterator().next());
    }
  }

  /** Whether what was ingested then is forgotten. */
  synchronized boolean covers(String person, long ingestedAtMillis) {
    Long cutoff = cutoffs.get(person);
    return cutoff != null && ingestedAtMillis < cutoff;
  }
}
