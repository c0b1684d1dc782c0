package io.paffmem.evaluation.search;

import java.util.ArrayList;
import java.util.List;

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
    List<String> problems = new ArrayList<>();
    if (startTrials < 2) {
      problems.add("startTrials = " + startTrials + " (at least 2 allowed)");
    }
    if (!(goodShare > 0 && goodShare < 1)) {
      problems.add("goodShare = " + goodShare + " (above 0, below 1 allowed)");
    }
    if (candidates < 1) {
      problems.add("candidates = " + candidates + " (at least 1 allowed)");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("search: " + String.join("; ", problems));
    }
  }

  /** Gamma as in the paper of TPE. */
  public static SearchConfig standard() {
    return new SearchConfig(20, 0.15, 24);
  }
}
