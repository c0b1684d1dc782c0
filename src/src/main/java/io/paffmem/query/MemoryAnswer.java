package io.paffmem.query;

import java.util.function.Function;

/**
 * What was asked for of a person's memory, or why it cannot be had.
 *
 * @param <T> what was asked for
 */
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

  /** Nothing is stored of the person. */
  static <T> MemoryAnswer<T> unknown() {
    return new Missing<>(Reason.UNKNOWN_PERSON, "nothing is stored of this person");
  }

  /** The topology does not let the bearer of the token read the person. */
  static <T> MemoryAnswer<T> refused() {
    return new Missing<>(
        Reason.FORBIDDEN,
        "the topology does not let this token read the person; give both the same --access");
  }

  /**
   * Nobody can say just now.
   *
   * @param why in words, without the person's name
   */
  static <T> MemoryAnswer<T> restoring(String why) {
    return new Missing<>(Reason.RESTORING, why + "; ask again in a second");
  }

  /**
   * Goes on with what was found.
   *
   * @param next makes the answer of it
   */
  default <S> MemoryAnswer<S> then(Function<T, MemoryAnswer<S>> next) {
    if (this instanceof Found<T> found) {
      return next.apply(found.value());
    }
    Missing<T> missing = (Missing<T>) this;
    return new Missing<>(missing.reason(), missing.message());
  }
}
