package io.paffmem.query;

import org.jspecify.annotations.Nullable;

/** Where whole memories are asked for. Thread-safe; a call may wait for seconds. */
public interface Memories {

  /**
   * Asks.
   *
   * @param authorization the header of the one who asks, for another process to judge; null for
   *     none
   */
  MemoryAnswer<PersonMemory> memory(String person, @Nullable String authorization);
}
