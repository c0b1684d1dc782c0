package io.paffmem.ingest.gateway.frames;

/** What became of one frame. */
public sealed interface Reply {
  /** The broker has acknowledged it. */
  record Accepted(long sequence) implements Reply {}

  /**
   * It is not on the topic; after {@link Refusal#BUSY} it may be, if the broker did not answer in
   * time.
   *
   * @param message what is wrong and what to do
   */
  record Refused(Refusal reason, String message) implements Reply {}

  /** A refusal. */
  static Reply refused(Refusal reason, String message) {
    return new Refused(reason, message);
  }
}
