package io.paffmem.dashboard.live;

import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import java.util.HashMap;
import java.util.Map;

/**
 * Who was forgotten, and which of their events belong to what was: the topic still has them until
 * its retention is over, the dashboard shows them no more. People are kept by hash, about a hundred
 * bytes each, as long as the dashboard runs: how long a topic keeps its events is the operator's to
 * choose. Thread-safe.
 */
public final class Forgotten {
  /** Nobody but this process sees these hashes. */
  private static final PersonHasher HASHER = PersonHasher.plain();

  private final Map<PersonHash, Long> cutoffs = new HashMap<>();

  /**
   * Enters a person.
   *
   * @param cutoffMillis what was ingested before is forgotten
   */
  synchronized void add(String person, long cutoffMillis) {
    cutoffs.merge(HASHER.of(person), cutoffMillis, Math::max);
  }

  /** Whether what was ingested then is forgotten. */
  synchronized boolean covers(String person, long ingestedAtMillis) {
    if (cutoffs.isEmpty()) {
      return false;
    }
    Long cutoff = cutoffs.get(HASHER.of(person));
    return cutoff != null && ingestedAtMillis < cutoff;
  }
}
