package io.paffmem.stage;

/**
 * What a model server has done since it was made: a moment's snapshot. Records count once their
 * transaction is committed, so nothing counts twice that was tried twice.
 *
 * @param frames frames read
 * @param embeddings frames encoded
 * @param requests seed requests read
 * @param seeds requests answered with pairs
 * @param refusals requests answered with a refusal
 * @param deadLetters records of either stage that could not be used
 * @param withoutConsent those among {@code deadLetters} that named no consent
 * @param misrouted records found in another partition than their key's
 * @param batches transactions committed
 * @param aborts transactions that were aborted; their records were handled again
 */
public record ModelServerCounts(
    long frames,
    long embeddings,
    long requests,
    long seeds,
    long refusals,
    long deadLetters,
    long withoutConsent,
    long misrouted,
    long batches,
    long aborts) {

  static ModelServerCounts of(StageCounters encode, StageCounters imagine) {
    return new ModelServerCounts(
        (long) encode.records.count(),
        (long) encode.answers.count(),
        (long) imagine.records.count(),
        (long) imagine.answers.count(),
        imagine.refusals(),
        encode.deadLetters() + imagine.deadLetters(),
        encode.withoutConsent(),
        (long) (encode.misrouted.count() + imagine.misrouted.count()),
        encode.batches.count() + imagine.batches.count(),
        (long) (encode.aborts.count() + imagine.aborts.count()));
  }
}
