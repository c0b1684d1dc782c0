package io.paffmem.topology.rules;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.SeedAnswer;
import io.paffmem.topology.person.TextHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule book: what a frame, an answer to a seed request and a command do to one person.
 *
 * <p>Kafka Streams reads the topics in an order that depends on what is buffered, so each rule
 * looks only at orders that do not: that of the person's frames, and that of the person's records
 * on {@code seeds}. A reset or an import takes the place among the frames at which it is read, and
 * a forget has a cut-off. A frame is taken from the head of the queue when what it needs is there,
 * never because of when something came.
 */
public final class PersonRules {
  private final FrameRules frames;
  private final SeedRules seeds;
  private final CommandRules commands;
  private final TeachingRules teachings;
  private final QueueRules queues;
  private final RefusalRules refusals;
  private final Counters counters;

  /**
   * The rules for a configuration.
   *
   * @param memory what recognises and learns; it counts what it inserts
   */
  public PersonRules(
      TopologyConfig config,
      AffectiveMemory memory,
      Outbox outbox,
      Counters counters,
      WaitingPersons waitingPersons) {
    this.counters = counters;
    Seeding seeding = new Seeding(config);
    ImportCheck imports = new ImportCheck(config);
    ModelRules models = new ModelRules(config, seeding, outbox, counters);
    ResetRules resets = new ResetRules(imports, outbox, counters);
    TurnRules turns = new TurnRules(memory, seeding, models, outbox, counters);
    refusals = new RefusalRules(config, models, outbox, counters, waitingPersons);
    teachings = new TeachingRules(outbox, counters);
    queues =
        new QueueRules(seeding, models, resets, turns, teachings, refusals, outbox, waitingPersons);
    frames = new FrameRules(config, resets, turns, queues, refusals, counters);
    seeds = new SeedRules(seeding, models, queues, counters);
    commands =
        new CommandRules(
            resets, teachings, imports, outbox, counters, waitingPersons, config.guard() != null);
  }

  /**
   * Whether the person's frames are refused, all of them or those under this consent. Such a frame
   * is counted as forgotten: it changes nothing and is not answered.
   */
  public boolean isBlocked(Person person, @Nullable TextHash consent) {
    boolean isBlocked = person.header().blocks().cover(consent);
    if (isBlocked) {
      counters.count(Count.FORGOTTEN);
    }
    return isBlocked;
  }

  /** Takes a frame; what is refused comes back as the reason of a dead letter. */
  public Optional<String> frame(Person person, FaceFrame face, long nowMillis) {
    return frames.take(person, face, nowMillis);
  }

  /** Takes an answer to a seed request. */
  public void seeds(Person person, SeedAnswer answer, long nowMillis) {
    seeds.take(person, answer, nowMillis);
  }

  /**
   * Takes a reset, a forget or a block.
   *
   * @param latestMillis the latest that its time of ingest may be
   */
  public void command(Person person, Command command, long latestMillis, long nowMillis) {
    commands.take(person, command, latestMillis, nowMillis);
  }

  /** Takes an import. */
  public void memoryImport(Person person, SentMemory sent) {
    commands.take(person, sent);
  }

  /** Takes a teaching. */
  public void teaching(Person person, SentTeaching sent) {
    teachings.take(person, sent.command(), sent.lesson());
  }

  /**
   * Goes on with a person who waited when the task began, or of whom damaged rows went. Called
   * before anything else is done to them.
   */
  public void resume(Person person, long nowMillis) {
    queues.resume(person, nowMillis);
  }

  /**
   * Does to a person now what their next frame would do anyway.
   *
   * @param framesMillis the latest time of ingest among the frames of the task
   */
  public void sweep(Person person, long framesMillis) {
    frames.sweep(person, framesMillis);
  }

  /** Refuses seeds to frames that waited for longer than the limit. */
  public void refuseOverdue(Person person, long nowMillis, long limitMillis) {
    refusals.refuseOverdue(person, nowMillis, limitMillis);
  }
}
