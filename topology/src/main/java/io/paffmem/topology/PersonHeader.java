package io.paffmem.topology;

import org.jspecify.annotations.Nullable;

/** What is known of a person beside neurons, queue, outcomes and streams. Mutable. */
final class PersonHeader {
  static final long NO_CUTOFF = Long.MIN_VALUE;
  static final long NO_FRAME = Long.MIN_VALUE;

  /** Raised by reset, forget and a change of model; keeps late seeds out of the wrong memory. */
  int generation;

  /** Frames ingested before this were forgotten. */
  long cutoffMillis = NO_CUTOFF;

  /** The model whose z the memory holds; empty before the first frame. */
  String modelVersion = "";

  /** Frames whose pairs trained the memory; as many as are wanted when seeding ended by time. */
  int seeded;

  /** When the first of these was seen, while seeding goes on and may end by time. */
  long seedingSinceMillis = NO_FRAME;

  /** Frames that the memory recognised and learnt from. */
  long framesPerceived;

  long nextWaitingIndex;

  /** Number of the person's next record on {@code seeds}; survives everything but the store. */
  long nextAnswerNumber;

  /** The latest time of ingest of the person's frames. */
  long lastFrameMillis = NO_FRAME;

  /** The last command that was taken, so that it can be sent twice without harm. */
  @Nullable LastCommand lastCommand;

  /**
   * A command and what it did.
   *
   * @param done false while a reset waits in the queue
   */
  record LastCommand(
      TextHash id, boolean done, int neuronsRemoved, int waitingFramesRemoved, int generation) {}
}
