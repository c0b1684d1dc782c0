package io.paffmem.query;

import org.jspecify.annotations.Nullable;

/** Where whole memories are asked for. Thread-safe; a call may wait for seconds. */
public interface Memories {

  /** What came of it. */
  sealed interface Lookup {
    /** The memory as it was between two frames. */
    record Found(PersonMemory memory) implements Lookup {}

    /** Nothing is stored of the person. */
    record Unknown() implements Lookup {}

    /** The instance that was asked does not let the bearer of the token read this person. */
    record Refused() implements Lookup {}

    /**
     * Nobody can say just now.
     *
     * @param reason in words, without the person's name
     */
    record Unavailable(String reason) implements Lookup {}

    /**
     * The instance cannot be reached, or does not answer as one.
     *
     * @param reason in words, without the person's name
     */
    record Unreachable(String reason) implements Lookup {}
  }

  /**
   * Asks.
   *
   * @param authorization the header of whoever asks, for another process to judge; null for none
   */
  Lookup memory(String person, @Nullable String authorization);
}
