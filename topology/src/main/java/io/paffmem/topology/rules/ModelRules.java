package io.paffmem.topology.rules;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.Course;
import io.paffmem.memory.Recognition;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.FormerMemory;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import org.jspecify.annotations.Nullable;

/** What a change of the active model does, and what becomes of frames of another one. */
final class ModelRules {
  private final String activeModel;

  /** Of memories that learn no more, so that nobody can tell how long ago they saw their person. */
  private final AffectiveMemory formerMemory;

  private final Seeding seeding;
  private final Outbox outbox;
  private final Counters counters;
  private final Recognition seen = new Recognition();

  /** Of streams on which these memories answer no more: nothing is joined. */
  private final Course alone = new Course();

  ModelRules(TopologyConfig config, Seeding seeding, Outbox outbox, Counters counters) {
    this.activeModel = config.modelVersion();
    this.formerMemory =
        new AffectiveMemory(
            config.memory().toBuilder()
                .reading(config.memory().reading().toBuilder().pauseMillis(0).build())
                .build());
    this.seeding = seeding;
    this.outbox = outbox;
    this.counters = counters;
  }

  boolean isActive(FaceFrame face) {
    return isActive(face.modelVersion());
  }

  boolean isActive(String modelVersion) {
    return modelVersion.equals(activeModel);
  }

  /**
   * The memory is of the active model, or starts over: numbers of two models do not compare. A
   * memory whose seeding was complete is kept beside the new one until that is seeded too. If the
   * active model is again the one of the memory that was kept, it comes back as it was.
   */
  void adopt(Person person) {
    PersonHeader header = person.header();
    String before = header.modelVersion();
    if (isActive(before)) {
      return;
    }
    if (!before.isEmpty()) {
      counters.count(Count.MODEL_CHANGES);
      FormerMemory former = person.former();
      if (former != null && isActive(former.modelVersion())) {
        person.beginGeneration();
        person.take(former.memory(), former.seeded(), former.framesPerceived());
        person.dropFormer();
        counters.count(Count.MODEL_CHANGES_UNDONE);
      } else {
        if (seeding.isDone(header)) {
          person.retire();
        }
        person.beginGeneration();
      }
    }
    header.adopt(activeModel);
  }

  /** Frames until the memory is seeded; 0 where it is of another model than the frame. */
  int toSeed(Person person, FaceFrame face) {
    PersonHeader header = person.header();
    String model = header.modelVersion();
    // A person of whom nothing was learnt yet has no model.
    return isActive(face) && (model.isEmpty() || isActive(model)) ? seeding.toGo(header) : 0;
  }

  /** The new memory is seeded, so the former one goes. */
  void dropFormer(Person person) {
    if (person.former() != null) {
      person.dropFormer();
      counters.count(Count.MODEL_CHANGES_DONE);
    }
  }

  /** Answers a frame of another model, and changes nothing. */
  void answerOther(Person person, FaceFrame face) {
    FormerMemory former = formerOf(person, face.modelVersion());
    if (former == null) {
      outbox.priorEvent(face, person.memory().size(), person.header().framesPerceived(), 0);
      return;
    }
    counters.count(Count.EVENTS_FORMER);
    formerMemory.recognize(
        former.memory(),
        alone,
        face.z(),
        face.prior().getArousal(),
        face.prior().getValence(),
        face.seenAtMillis(),
        seen);
    outbox.memoryEvent(face, seen, former.memory().size(), former.framesPerceived(), 0);
  }

  /** A seeded memory of another model than the active one; null if the person has none of that. */
  private @Nullable FormerMemory formerOf(Person person, String modelVersion) {
    PersonHeader header = person.header();
    FormerMemory former = person.former();
    if (former != null && former.modelVersion().equals(modelVersion)) {
      return former;
    }
    // No frame of the active model came yet, so the old memory is still in its place.
    return header.modelVersion().equals(modelVersion) && seeding.isDone(header)
        ? new FormerMemory(modelVersion, header.seeded(), header.framesPerceived(), person.memory())
        : null;
  }
}
