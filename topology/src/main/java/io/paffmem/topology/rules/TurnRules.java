package io.paffmem.topology.rules;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.Recognition;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.ImaginedFaces;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.SeedOutcomes;

/** What a frame does when its turn has come: it trains the memory, or is answered, or waits on. */
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

  /** Answers a frame, if what it needs is there; false if it has to wait. */
  boolean resolve(Person person, FaceFrame face) {
    PersonHeader header = person.header();
    if (!models.isActive(face)) {
      models.answerOther(person, face);
      return true;
    }
    models.adopt(person);
    if (!seeding.isDone(header) && seeding.isOver(header.seedingSinceMillis(), face)) {
      person.outcomes().dropUpTo(header.generation());
      endSeeding(person);
    }
    if (!seeding.isDone(header)) {
      SeedOutcome outcome = person.outcomes().of(header.generation(), face.key());
      if (outcome == null) {
        return false;
      }
      if (!trainOn(person, face, outcome)) {
        outbox.priorEvent(
            face, person.memory().size(), header.framesPerceived(), seeding.missing(header));
        return true;
      }
    }
    answer(person, face);
    return true;
  }

  private void answer(Person person, FaceFrame face) {
    PersonHeader header = person.header();
    float arousal = face.prior().getArousal();
    float valence = face.prior().getValence();
    memory.recognize(person.memory(), face.z(), arousal, valence, face.seenAtMillis(), seen);
    memory.learn(person.memory(), face.z(), arousal, valence, seen);
    person.journal().learnt(face);
    header.notePerceived();
    outbox.memoryEvent(
        face, seen, person.memory().size(), header.framesPerceived(), seeding.missing(header));
  }

  /**
   * Trains on what was answered late before this frame's own answer, then on the frame's own pairs.
   * False if the frame was refused and the memory is still not seeded.
   */
  private boolean trainOn(Person person, FaceFrame face, SeedOutcome outcome) {
    PersonHeader header = person.header();
    SeedOutcomes outcomes = person.outcomes();
    while (!seeding.isDone(header)) {
      ImaginedFaces late = outcomes.takeLateBefore(header.generation(), outcome.number());
      if (late == null) {
        break;
      }
      train(person, face, late);
    }
    boolean recognizable = seeding.isDone(header);
    if (!recognizable && outcome.state() == SeedOutcome.State.PAIRS) {
      ImaginedFaces pairs = outcomes.pairs(outcome);
      if (pairs != null) {
        train(person, face, pairs);
        recognizable = true;
      }
    }
    if (seeding.isDone(header)) {
      outcomes.dropUpTo(header.generation());
    } else {
      outcomes.spend(new SeedOutcome.Key(header.generation(), face.key()));
    }
    return recognizable;
  }

  /** Trains the memory at the turn of a frame; seeding may end by time only after this. */
  private void train(Person person, FaceFrame face, ImaginedFaces pairs) {
    PersonHeader header = person.header();
    memory.seed(person.memory(), pairs.z(), pairs.prior(), pairs.y());
    header.noteSeeded();
    counters.count(Count.SEEDED_FRAMES);
    if (seeding.isDone(header)) {
      endSeeding(person);
    } else if (seeding.hasTime()) {
      header.beginSeedingTime(face.seenAtMillis());
    }
  }

  private void endSeeding(Person person) {
    person.header().endSeeding(seeding.frames());
    models.dropFormer(person);
  }
}
