package io.paffmem.topology.rules;

import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.Waiting;

/**
 * Which frames are refused their seeds because they waited too long or too many wait. A refusal is
 * written to {@code seeds} and takes effect when it is read, like all other answers.
 */
final class RefusalRules {
  private final int queueBound;
  private final ModelRules models;
  private final Outbox outbox;
  private final WaitingPersons waitingPersons;

  RefusalRules(
      TopologyConfig config, ModelRules models, Outbox outbox, WaitingPersons waitingPersons) {
    this.queueBound = config.queueBound();
    this.models = models;
    this.outbox = outbox;
    this.waitingPersons = waitingPersons;
  }

  /** Refuses seeds to frames that waited for longer than the limit. */
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
        refuse(person, entry, frame, generation, "timed_out");
      }
    }
  }

  /** Where more frames wait than may, refuses seeds to the oldest that has no answer. */
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
          && refuse(person, entry, frame, generation, "queue_full")) {
        return;
      }
    }
  }

  private boolean refuse(
      Person person,
      WaitingPersons.Entry entry,
      Waiting.Frame frame,
      int generation,
      String reason) {
    entry.refusedUpTo = frame.index() + 1;
    if (!models.isActive(frame.face())
        || person.outcomes().of(generation, frame.face().key()) != null) {
      return false;
    }
    outbox.refusal(frame.face(), generation, reason);
    return true;
  }
}
