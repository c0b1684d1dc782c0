package io.paffmem.topology.rules;

import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.FrameRefusal;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which frames wait no longer: all of them where frames do not wait, those that waited too long,
 * the oldest where too many wait. A refusal is written to {@code seeds} and takes effect when it is
 * read. What the frame asked for seeds the memory all the same, when it comes.
 */
final class RefusalRules {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalRules.class);

  private final boolean atOnce;
  private final int queueBound;
  private final ModelRules models;
  private final Outbox outbox;
  private final Counters counters;
  private final WaitingPersons waitingPersons;

  RefusalRules(
      TopologyConfig config,
      ModelRules models,
      Outbox outbox,
      Counters counters,
      WaitingPersons waitingPersons) {
    this.atOnce = config.answersAtOnce();
    this.queueBound = config.queueBound();
    this.models = models;
    this.outbox = outbox;
    this.counters = counters;
    this.waitingPersons = waitingPersons;
  }

  /** Refuses every frame that waits, where frames do not wait. */
  void refuseAtOnce(Person person) {
    if (!atOnce || person.waitingFrames() == 0) {
      return;
    }
    WaitingPersons.Entry entry = waitingPersons.of(person);
    int generation = person.header().generation();
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset) {
        generation++;
      } else if (waiting instanceof Waiting.Frame frame && frame.index() >= entry.refusedUpTo) {
        refuse(person, entry, frame, generation, FrameRefusal.AT_ONCE);
      }
    }
  }

  /** Refuses frames that waited for longer than the limit. */
  void refuseOverdue(Person person, long nowMillis, long limitMillis) {
    WaitingPersons.Entry entry = waitingPersons.of(person);
    entry.oldestArrivalMillis = Long.MAX_VALUE;
    int generation = person.header().generation();
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset) {
        generation++;
      } else if (waiting instanceof Waiting.Frame frame && frame.index() >= entry.refusedUpTo) {
        if (nowMillis - frame.arrivedAtMillis() < limitMillis) {
          entry.oldestArrivalMillis = frame.arrivedAtMillis();
          return;
        }
        refuse(person, entry, frame, generation, FrameRefusal.TIMED_OUT);
      }
    }
  }

  /** Where more frames wait than may, refuses the oldest that has no answer. */
  void refuseOverflow(Person person) {
    if (person.waitingFrames() <= queueBound) {
      return;
    }
    WaitingPersons.Entry entry = waitingPersons.of(person);
    int generation = person.header().generation();
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset) {
        generation++;
      } else if (waiting instanceof Waiting.Frame frame
          && frame.index() >= entry.refusedUpTo
          && refuse(person, entry, frame, generation, FrameRefusal.QUEUE_FULL)) {
        counters.count(Count.QUEUE_FULL);
        tell(entry);
        return;
      }
    }
  }

  /** Once a person, for as long as frames of theirs wait; nobody is named. */
  private void tell(WaitingPersons.Entry entry) {
    if (!entry.fullTold) {
      entry.fullTold = true;
      LOG.warn(
          "More than {} frames of one person wait for imagined faces: from now on the oldest goes"
              + " out without, as each new one comes. Does a model server with the active PK run,"
              + " and does it keep up?",
          queueBound);
    }
  }

  private boolean refuse(
      Person person,
      WaitingPersons.Entry entry,
      Waiting.Frame frame,
      int generation,
      FrameRefusal refusal) {
    entry.refusedUpTo = frame.index() + 1;
    if (!frame.face().isLearnable()
        || !models.isActive(frame.face())
        || person.outcomes().of(generation, frame.face().key()) != null) {
      return false;
    }
    outbox.refusal(frame.face(), generation, refusal);
    return true;
  }
}
