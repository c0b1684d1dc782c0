package io.paffmem.topology.rules;

/** A record, or a memory that was sent, looked at before anything is changed. */
public sealed interface Checked<T> {
  /** It can be used. */
  record Accepted<T>(T value) implements Checked<T> {}

  /**
   * A record goes to the dead letters for a reason in snake case; an import's receipt says it in
   * words.
   */
  record Refused<T>(String reason) implements Checked<T> {}
}
