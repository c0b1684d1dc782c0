package io.paffmem.topology.rules;

import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.FrameKey;
import io.paffmem.topology.person.ImaginedFaces;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.SeedAnswer;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.SeedOutcomes;
import io.paffmem.topology.person.StreamWindow;
import io.paffmem.topology.person.StreamWindow.Verdict;

/** What an answer to a seed request does. It depends on the order of the topic {@code seeds}. */
final class SeedRules {
  /**
   * How many memories may be seeded by answers that come before their frames, as all of them do in
   * a replay that reads {@code seeds} first: a person may be reset so many times in between.
   */
  private static final int EARLY_SEEDINGS = 4;

  /**
   * Room beyond those. With the usual 25 frames it makes 128 answers, of 43 KB each (200 faces of
   * 54 numbers): 5.5 MB of a person at most.
   */
  private static final int EARLY_SPARE = 28;

  private final Seeding seeding;
  private final ModelRules models;
  private final QueueRules queues;
  private final Counters counters;

  SeedRules(Seeding seeding, ModelRules models, QueueRules queues, Counters counters) {
    this.seeding = seeding;
    this.models = models;
    this.queues = queues;
    this.counters = counters;
  }

  void take(Person person, SeedAnswer answer, long nowMillis) {
    PersonHeader header = person.header();
    long number = header.takeAnswerNumber();
    if (keep(person, answer, number)) {
      queues.advance(person, nowMillis);
    } else {
      counters.count(Count.IGNORED_SEEDS);
    }
    person.outcomes().forgetBefore(header.nextAnswerNumber() - SeedOutcomes.LATE_WITHIN);
  }

  /** Whether the answer may still matter; then it is kept. */
  private boolean keep(Person person, SeedAnswer answer, long number) {
    PersonHeader header = person.header();
    boolean tooOld =
        answer.generation() < header.generation()
            || (answer.generation() == header.generation() && seeding.isDone(header));
    if (tooOld || (answer.pairs() != null && !models.isActive(answer.modelVersion()))) {
      return false;
    }
    SeedOutcome first = person.outcomes().of(answer.generation(), answer.frame());
    return first == null
        ? keepFirst(person, answer, number)
        : keepLate(person, answer, number, first);
  }

  private boolean keepFirst(Person person, SeedAnswer answer, long number) {
    PersonHeader header = person.header();
    SeedOutcomes outcomes = person.outcomes();
    ImaginedFaces pairs = answer.pairs();
    if (!person.isWaiting(answer.frame())) {
      if (answer.generation() == header.generation() && wasSeen(person, answer.frame())) {
        return false; // through, and so long ago that its outcome is gone
      }
      if (outcomes.isFull(pairs != null, EARLY_SEEDINGS * seeding.frames() + EARLY_SPARE)) {
        counters.count(Count.OVERFLOWING_SEEDS);
        return false;
      }
    }
    outcomes.keep(new SeedOutcome.Key(answer.generation(), answer.frame()), number, pairs);
    if (pairs == null) {
      counters.count(Count.REFUSED_SEEDS);
    }
    return true;
  }

  private boolean keepLate(Person person, SeedAnswer answer, long number, SeedOutcome first) {
    SeedOutcomes outcomes = person.outcomes();
    ImaginedFaces pairs = answer.pairs();
    int generation = answer.generation();
    if (pairs == null
        || !first.state().takesLate()
        || number - first.number() > SeedOutcomes.LATE_WITHIN
        || outcomes.lateOf(generation) >= seeding.missing(person.header(), generation)) {
      // The last: each late seed takes one of the places that are left, in order; one beyond them
      // could never be trained.
      return false;
    }
    outcomes.keepLate(new SeedOutcome.Key(generation, answer.frame()), first, number, pairs);
    counters.count(Count.LATE_SEEDS);
    return true;
  }

  private static boolean wasSeen(Person person, FrameKey frame) {
    StreamWindow window = person.stream(frame.stream());
    return window != null && window.look(frame.sequence()) != Verdict.FRESH;
  }
}
