package io.paffmem.dashboard.http;

/** What a reader is told that is dropped. */
final class Slow {
  /** At most 123 bytes: a WebSocket's close has no room for more. */
  static final String MESSAGE =
      "too many events waited for you; connect again, and read faster or fewer people";

  private Slow() {}
}
