package io.paffmem.dashboard.memory;

/** What was asked for, or why it cannot be had. */
public sealed interface MemoryAnswer<T> {
  /** It is here. */
  record Found<T>(T value) implements MemoryAnswer<T> {}

  /**
   * It cannot be had.
   *
   * @param message what is wrong and what to do; without the person's name
   */
  record Missing<T>(Reason reason, String message) implements MemoryAnswer<T> {}

  /** Why. */
  enum Reason {
    /** Nothing is stored of this person; for pictures also: there is no neuron yet. */
    UNKNOWN_PERSON,
    /** The task that holds it is being restored, or moves; ask again. */
    RESTORING,
    /** It was learned with another PK than the one that is loaded here. */
    OTHER_MODEL,
    /** Too many ask at once; ask again. */
    BUSY,
    /** The other process refuses the token. */
    FORBIDDEN,
    /** Whom to ask for the memory does not answer; ask again. */
    TOPOLOGY_UNAVAILABLE,
    /** There is no way to the memory from here. */
    MEMORY_UNAVAILABLE
  }
}
