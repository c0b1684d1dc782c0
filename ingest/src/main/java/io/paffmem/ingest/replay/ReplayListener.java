package io.paffmem.ingest.replay;

/** Watches a replay, in the replay's own thread. */
public interface ReplayListener {
  /** The frame of that sequence is about to be handed to the producer. */
  default void publishing(long sequence) {}

  /** One more picture is done. */
  default void advanced(ReplayCounts soFar) {}
}
