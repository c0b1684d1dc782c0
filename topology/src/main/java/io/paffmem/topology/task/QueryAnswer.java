package io.paffmem.topology.task;

import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.store.StoredMemory;

/** What comes of asking an instance for a person's memory. */
public sealed interface QueryAnswer {

  /**
   * The memory as it was between two frames, a copy of its own.
   *
   * @param settings what the memories here are made with
   */
  record Found(StoredMemory memory, StoredSettings settings) implements QueryAnswer {}

  /** Nothing is stored of the person: no frame of theirs came, or they were forgotten since. */
  record Unknown() implements QueryAnswer {}

  /** Another instance has the person; ask there, as {@code --operations-advertise} named it. */
  record Elsewhere(String host, int port) implements QueryAnswer {}

  /**
   * Nobody can say just now; ask again in a second.
   *
   * @param reason in words
   */
  record Unavailable(String reason) implements QueryAnswer {}
}
