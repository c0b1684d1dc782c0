package io.paffmem.ingest.gateway.frames;

import org.jspecify.annotations.Nullable;

/** Whose consent was withdrawn, or who is not to be watched at all. Thread-safe. */
@FunctionalInterface
public interface Withdrawals {
  /**
   * Whether frames of a person are refused.
   *
   * @param consent that they name; null if none
   */
  boolean cover(String person, @Nullable String consent);
}
