package io.paffmem.topology.rules;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.Course;
import io.paffmem.memory.Recognition;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.ImaginedFaces;
import io.paffmem.topology.person.Lesson.Outcome;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.SeedOutcomes;
import io.paffmem.topology.person.SeedingProgress;

/**
 * What a frame does when its turn has come: it trains the memory, or is answered, or waits on.
 *
 * <p>While the memory is seeded, a frame has its turn by its own record on {@code seeds}, and what
 * was answered to earlier frames before that record counts. Without one it has its turn when
 * everything that earlier frames asked for is answered, and it asks for nothing itself. Either way
 * what it finds depends on the order of the frames and on that of {@code seeds}, each by itself.
 */
final class TurnRules {
  private final AffectiveMemory memory;
  private final Seeding seeding;
  private final ModelRules models;
  private final Outbox outbox;
  private final Counters counters;
  private final Recognition seen = new Recognition();

  TurnRules(
      AffectiveMemory memory,
      Seeding seeding,
      ModelRules models,
      Outbox outbox,
      Counters counters) {
    this.memory = memory;
    this.seeding = seeding;
    this.models = models;
    this.outbox = outbox;
    this.counters = counters;
  }

  /**
   * Answers a frame, if what it needs is there; false if it has to wait.
   *
   * @param askedGeneration the generation for which it asked seeds already
   */
  boolean resolve(Person person, FaceFrame face, int askedGeneration) {
    PersonHeader header = person.header();
    if (!face.isReadable()) {
      answerByPkAlone(person, face, Outcome.NOT_READABLE);
      return true;
    }
    if (face.isOfStranger()) {
      answerByPkAlone(person, face, Outcome.NOT_THE_PERSON);
      return true;
    }
    if (!models.isActive(face)) {
      models.answerOther(person, face);
      TeachingRules.keepRefused(person, face, Outcome.UNKNOWN_MOMENT);
      return true;
    }
    models.adopt(person);
    SeedingProgress progress = header.seeding();
    boolean done = seeding.isDone(header);
    if (done && !progress.views().isEmpty()) {
      endSeeding(person); // fewer frames are wanted than were when the task ended
    } else if (!done && seeding.isOver(progress.sinceMillis(), face)) {
      endSeeding(person);
    }
    if (!seeding.isDone(header)
        && !takeTurn(person, face, askedGeneration == header.generation())) {
      return false;
    }
    answer(person, face);
    return true;
  }

  /**
   * Nothing is learnt from the frame.
   *
   * @param refusal what a teaching of it is answered
   */
  private void answerByPkAlone(Person person, FaceFrame face, Outcome refusal) {
    PersonHeader header = person.header();
    person.outcomes().drop(new SeedOutcome.Key(header.generation(), face.key()));
    outbox.priorEvent(
        face, person.memory().size(), header.framesPerceived(), models.toSeed(person, face));
    TeachingRules.keepRefused(person, face, refusal);
  }

  /** By the memory as soon as anything is in it. */
  private void answer(Person person, FaceFrame face) {
    PersonHeader header = person.header();
    int neurons = person.memory().size();
    if (header.seeded() == 0) {
      outbox.priorEvent(face, neurons, header.framesPerceived(), seeding.toGo(header));
      TeachingRules.keepRefused(person, face, Outcome.NOT_YET);
      return;
    }
    float arousal = face.prior().getArousal();
    float valence = face.prior().getValence();
    Course course = person.course(face.key().stream());
    memory.recognize(
        person.memory(), course, face.z(), arousal, valence, face.seenAtMillis(), seen);
    TeachingRules.keep(person, face, seen);
    memory.learn(person.memory(), course, face.z(), arousal, valence, seen);
    header.notePerceived();
    outbox.memoryEvent(
        face, seen, person.memory().size(), header.framesPerceived(), seeding.toGo(header));
  }

  /** What a frame does for a memory that is being seeded; false if it has to wait. */
  private boolean takeTurn(Person person, FaceFrame face, boolean asked) {
    PersonHeader header = person.header();
    SeedingProgress progress = header.seeding();
    SeedOutcomes outcomes = person.outcomes();
    SeedOutcome own = outcomes.of(header.generation(), face.key());
    if (own == null && seeding.isOutstanding(progress, outcomes, header.generation())) {
      return false;
    }
    takeAnswers(person, face, own == null ? Long.MAX_VALUE : own.number());
    if (seeding.isDone(header)) {
      return true;
    }
    int place = seeding.place(progress, face.z());
    if (own == null && place != Seeding.NO_PLACE) {
      return false;
    }
    progress.noteConsidered();
    if (own != null && place != Seeding.NO_PLACE) {
      takePlace(person, face, place, own, asked);
    }
    if (own != null && !progress.isAsked(face.key())) {
      outcomes.drop(new SeedOutcome.Key(header.generation(), face.key()));
    }
    if (seeding.isComplete(progress)) {
      endSeeding(person);
    }
    return true;
  }

  /**
   * Trains on what earlier frames asked for and got before that number, in the order of answers.
   */
  private void takeAnswers(Person person, FaceFrame face, long before) {
    PersonHeader header = person.header();
    SeedingProgress progress = header.seeding();
    SeedOutcomes outcomes = person.outcomes();
    int generation = header.generation();
    for (int place = seeding.nextAnswered(progress, outcomes, generation, before);
        place != Seeding.NO_PLACE;
        place = seeding.nextAnswered(progress, outcomes, generation, before)) {
      SeedOutcome.Key key = new SeedOutcome.Key(generation, progress.views().get(place).frame());
      SeedOutcome outcome = outcomes.of(generation, key.frame());
      if (outcome != null) {
        fill(person, face, place, outcome);
      }
      outcomes.drop(key);
    }
    if (seeding.isComplete(progress)) {
      endSeeding(person);
    } else {
      seeding.startOverIfAllRefused(progress);
    }
  }

  /**
   * A frame that is wanted trains the memory, or goes without its faces, which are still awaited.
   */
  private void takePlace(Person person, FaceFrame face, int place, SeedOutcome own, boolean asked) {
    PersonHeader header = person.header();
    header.seeding().ask(place, face.key(), face.z());
    if (own.isAnsweredFirst()) {
      fill(person, face, place, own);
    } else if (own.state() == SeedOutcome.State.OPEN && !asked) {
      outbox.seedRequest(face, header.generation());
    }
  }

  /**
   * What was asked for at a place has come at the turn of a frame, or was refused. Seeding may end
   * by time only after the first has come.
   */
  private void fill(Person person, FaceFrame face, int place, SeedOutcome outcome) {
    SeedingProgress progress = person.header().seeding();
    ImaginedFaces pairs =
        outcome.state() == SeedOutcome.State.PAIRS ? person.outcomes().pairs(outcome) : null;
    if (pairs == null) {
      seeding.vacate(progress, place);
      return;
    }
    memory.seed(person.memory(), pairs.z(), pairs.prior(), pairs.y());
    seeding.seed(progress, place);
    counters.count(Count.SEEDED_FRAMES);
    if (seeding.hasTime()) {
      progress.beginTime(face.seenAtMillis());
    }
  }

  private void endSeeding(Person person) {
    PersonHeader header = person.header();
    header.seeding().end(seeding.frames());
    person.outcomes().dropUpTo(header.generation());
    models.dropFormer(person);
  }
}
