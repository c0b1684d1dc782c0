package io.paffmem.topology.rules;

import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.SeedingProgress;
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
  private final TeachingRules teachings;
  private final RefusalRules refusals;
  private final Outbox outbox;
  private final WaitingPersons waitingPersons;

  QueueRules(
      Seeding seeding,
      ModelRules models,
      ResetRules resets,
      TurnRules turns,
      TeachingRules teachings,
      RefusalRules refusals,
      Outbox outbox,
      WaitingPersons waitingPersons) {
    this.seeding = seeding;
    this.models = models;
    this.resets = resets;
    this.turns = turns;
    this.teachings = teachings;
    this.refusals = refusals;
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
      waitingPersons.forgetRefusals(person); // they may be of another generation
      advance(person, nowMillis);
      person.markMended();
    }
  }

  /**
   * Takes from the head what can be taken, then asks for what is missing. Where frames do not wait,
   * those that are left are refused.
   */
  void advance(Person person, long nowMillis) {
    for (Waiting head = person.head(); head != null; head = person.head()) {
      if (head instanceof Waiting.Reset reset) {
        person.removeHead();
        resets.carryOut(person, reset);
        waitingPersons.forgetRefusals(person); // an import that is refused begins no generation
      } else if (head instanceof Waiting.Frame frame) {
        if (!turns.resolve(person, frame.face(), frame.askedGeneration())) {
          break;
        }
        person.removeHead();
      } else if (head instanceof Waiting.Teaching teaching) {
        person.removeHead();
        teachings.carryOut(person, teaching.command(), teaching.lesson());
      } else {
        throw new IllegalStateException(
            "at place %d of the queue waits a %s; only frames, resets and teachings have a turn"
                .formatted(head.index(), head.getClass().getSimpleName()));
      }
    }
    askForMissing(person);
    waitingPersons.update(person, nowMillis);
    refusals.refuseAtOnce(person);
  }

  /**
   * Asks seeds for those waiting frames of each generation that will be wanted at their turn,
   * whatever is answered until then.
   */
  private void askForMissing(Person person) {
    PersonHeader header = person.header();
    int generation = header.generation();
    int lastGeneration = generation + person.queuedResets();
    SeedingProgress tried = header.seeding().copy();
    boolean full = seeding.isFull(tried, person.outcomes(), generation);
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset reset) {
        generation++;
        tried = SeedingProgress.beginningWith(reset.seeded());
        full = seeding.isDone(tried);
      } else if (full) {
        if (generation == lastGeneration) {
          return;
        }
      } else if (waiting instanceof Waiting.Frame frame
          && frame.face().isLearnable()
          && models.isActive(frame.face())) {
        if (seeding.isOver(tried.sinceMillis(), frame.face())) {
          tried.end(seeding.frames());
        } else {
          askIfWanted(person, frame, tried, generation);
        }
        full = seeding.isFull(tried, person.outcomes(), generation);
      }
    }
  }

  private void askIfWanted(
      Person person, Waiting.Frame frame, SeedingProgress tried, int generation) {
    FaceFrame face = frame.face();
    SeedOutcome own = person.outcomes().of(generation, face.key());
    if (seeding.tryTurn(tried, face, own, person.outcomes(), generation)
        && frame.askedGeneration() != generation) {
      person.noteAsked(frame, generation);
      outbox.seedRequest(face, generation);
    }
  }
}
