package io.paffmem.topology;

/** A record that was looked at before anything is changed. */
sealed interface Checked<T> {
  /** It can be used. */
  record Accepted<T>(T value) implements Checked<T> {}

  /** It goes to the dead letters, for a reason in snake case. */
  record Refused<T>(String reason) implements Checked<T> {}
}
