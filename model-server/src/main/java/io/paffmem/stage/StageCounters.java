package io.paffmem.stage;

import java.util.concurrent.atomic.LongAdder;

/** What the workers of one stage have done. Records count once their transaction is committed. */
final class StageCounters {
  final LongAdder records = new LongAdder();
  final LongAdder answers = new LongAdder();
  final LongAdder refusals = new LongAdder();
  final LongAdder deadLetters = new LongAdder();
  final LongAdder withoutConsent = new LongAdder();
  final LongAdder misrouted = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder aborts = new LongAdder();

  void committed(int polled, StageOutput output) {
    records.add(polled);
    answers.add(output.answers());
    refusals.add(output.refusals());
    deadLetters.add(output.deadLetters());
    withoutConsent.add(output.withoutConsent());
    batches.increment();
  }
}
