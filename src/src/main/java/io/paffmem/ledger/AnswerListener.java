package io.paffmem.ledger;

import io.paffmem.schemas.avro.Emotion;

/** Who is told of the first event of each face that an {@link EmotionLedger} has entered. */
@FunctionalInterface
public interface AnswerListener {
  /**
   * An event was read. Called by the ledger's own thread, in the order of each person's events; the
   * ledger waits until it returns.
   *
   * @param publishedAtNanos when its face was entered, by the ledger's clock
   * @param readAtNanos now, by the same clock
   */
  void answered(Emotion event, long publishedAtNanos, long readAtNanos);
}
