package io.paffmem.evaluation.search;

import io.paffmem.start.Problems;

/**
 * How a search goes.
 *
 * @param startTrials trials at random before the first guided one, at least 2
 * @param goodShare gamma: part of the trials that counts as good, above 0, below 1
 * @param candidates draws of which the most promising is tried, at least 1
 */
public record SearchConfig(int startTrials, double goodShare, int candidates) {
  /**
   * Checks every parameter and fails once.
   *
   * @throws IllegalArgumentException naming each that is out of range
   */
  public SearchConfig {
    Problems problems = new Problems();
    problems.addIf(startTrials < 2, "startTrials = %s (at least 2 allowed)", startTrials);
    problems.addIf(
        !(goodShare > 0 && goodShare < 1), "goodShare = %s (above 0, below 1 allowed)", goodShare);
    problems.addIf(candidates < 1, "candidates = %s (at least 1 allowed)", candidates);
    problems.throwIfAny(all -> new IllegalArgumentException("search: " + all));
  }

  /** Gamma as in the paper of TPE. */
  public static SearchConfig standard() {
    return new SearchConfig(20, 0.15, 24);
  }
}
