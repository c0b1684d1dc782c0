package io.paffmem.topology.rules;

import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.FrameKey;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.SeedAnswer;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.StreamWindow;
import io.paffmem.topology.person.StreamWindow.Verdict;
import org.jspecify.annotations.Nullable;

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
    long number = person.header().takeAnswerNumber();
    if (keep(person, answer, number)) {
      queues.advance(person, nowMillis);
    } else {
      counters.count(Count.IGNORED_SEEDS);
    }
  }

  /** Whether the record may still matter; then it is kept. */
  private boolean keep(Person person, SeedAnswer answer, long number) {
    PersonHeader header = person.header();
    boolean tooOld =
        answer.generation() < header.generation()
            || (answer.generation() == header.generation() && seeding.isDone(header));
    if (tooOld || (answer.pairs() != null && !models.isActive(answer.modelVersion()))) {
      return false;
    }
    SeedOutcome known = person.outcomes().of(answer.generation(), answer.frame());
    if (known == null ? !hasRoom(person, answer) : !isNews(answer, known)) {
      return false;
    }
    SeedOutcome.Key key = new SeedOutcome.Key(answer.generation(), answer.frame());
    if (answer.ofTheRequest()) {
      person.outcomes().keepAnswer(key, number, answer.pairs());
    } else {
      person.outcomes().keepRefusal(key, number);
    }
    count(answer, known);
    return true;
  }

  /** The first answer to the request counts, and nothing that comes after it. */
  private static boolean isNews(SeedAnswer answer, SeedOutcome known) {
    return answer.ofTheRequest() && known.state() == SeedOutcome.State.OPEN;
  }

  /** Whether what comes first of a frame can be kept. */
  private boolean hasRoom(Person person, SeedAnswer answer) {
    PersonHeader header = person.header();
    boolean present = answer.generation() == header.generation();
    if (person.isWaiting(answer.frame()) || (present && header.seeding().isAsked(answer.frame()))) {
      return true;
    }
    if (present && wasSeen(person, answer.frame())) {
      return false; // through, and asked for nothing
    }
    boolean full =
        person
            .outcomes()
            .isFull(answer.pairs() != null, EARLY_SEEDINGS * seeding.frames() + EARLY_SPARE);
    if (full) {
      counters.count(Count.OVERFLOWING_SEEDS);
    }
    return !full;
  }

  private void count(SeedAnswer answer, @Nullable SeedOutcome known) {
    if (!answer.ofTheRequest()) {
      counters.count(Count.REFUSED_FRAMES);
    } else if (answer.pairs() == null) {
      counters.count(Count.REFUSED_SEEDS);
    } else if (known != null) {
      counters.count(Count.LATE_SEEDS);
    }
  }

  private static boolean wasSeen(Person person, FrameKey frame) {
    StreamWindow window = person.stream(frame.stream());
    return window != null && window.look(frame.sequence()) != Verdict.FRESH;
  }
}
