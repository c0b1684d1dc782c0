package io.paffmem.topology.rules;

import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.Waiting;

/**
 * How a person's queue goes on. A frame is taken from its head when what the frame needs is there,
 * never because of when something came.
 */
final class QueueRules {
  private final Seeding seeding;
  private final ModelRules models;
  private final ResetRules resets;
  private final TurnRules turns;
  private final Outbox outbox;
  private final WaitingPersons waitingPersons;

  QueueRules(
      Seeding seeding,
      ModelRules models,
      ResetRules resets,
      TurnRules turns,
      Outbox outbox,
      WaitingPersons waitingPersons) {
    this.seeding = seeding;
    this.models = models;
    this.resets = resets;
    this.turns = turns;
    this.outbox = outbox;
    this.waitingPersons = waitingPersons;
  }

  /**
   * Goes on with a person who waited when the task began, since the active model or the parameters
   * may be others now, or of whom damaged rows went. Called before anything else is done to them,
   * so that it does not matter when.
   */
  void resume(Person person, long nowMillis) {
    if (person.isDamaged() || waitingPersons.isUnseen(person)) {
      advance(person, nowMillis);
      person.markMended();
    }
  }

  /** Takes from the head what can be taken, then asks for what is missing. */
  void advance(Person person, long nowMillis) {
    for (Waiting head = person.head(); head != null; head = person.head()) {
      if (head instanceof Waiting.Reset reset) {
        person.removeHead();
        resets.carryOut(person, reset);
      } else if (head instanceof Waiting.Frame frame) {
        if (!turns.resolve(person, frame.face())) {
          break;
        }
        person.removeHead();
      } else {
        throw new IllegalStateException(
            "at place %d of the queue waits a %s; only frames and resets have a turn"
                .formatted(head.index(), head.getClass().getSimpleName()));
      }
    }
    askForMissing(person);
    waitingPersons.update(person, nowMillis);
  }

  /**
   * Asks seeds for the first waiting frames of each generation, as many as its memory lacks and
   * seeding lasts. A frame that was refused does not count, so another one takes its place.
   */
  private void askForMissing(Person person) {
    PersonHeader header = person.header();
    int generation = header.generation();
    int lastGeneration = generation + person.queuedResets();
    int missing = seeding.missing(header);
    long sinceMillis = header.seedingSinceMillis();
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset reset) {
        generation++;
        missing = seeding.frames() - reset.seeded();
        sinceMillis = PersonHeader.NO_FRAME;
      } else if (missing <= 0) {
        if (generation == lastGeneration) {
          return;
        }
      } else if (waiting instanceof Waiting.Frame frame && models.isActive(frame.face())) {
        if (seeding.isOver(sinceMillis, frame.face())) {
          missing = 0;
          continue;
        }
        if (isSeededOrAsked(person, frame, generation)) {
          missing--;
          sinceMillis =
              sinceMillis == PersonHeader.NO_FRAME ? frame.face().seenAtMillis() : sinceMillis;
        }
      }
    }
  }

  /** False if the frame was refused; asks where nobody has answered or asked yet. */
  private boolean isSeededOrAsked(Person person, Waiting.Frame frame, int generation) {
    SeedOutcome outcome = person.outcomes().of(generation, frame.face().key());
    if (outcome == null && frame.askedGeneration() != generation) {
      person.noteAsked(frame, generation);
      outbox.seedRequest(frame.face(), generation);
    }
    return outcome == null || outcome.state() == SeedOutcome.State.PAIRS;
  }
}
