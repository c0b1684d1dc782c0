package io.paffmem.topology.task;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.config.Changelog;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.rules.PersonRules;
import io.paffmem.topology.rules.WaitingPersons;
import io.paffmem.topology.store.PersonCache;
import io.paffmem.topology.store.PersonStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** What a task does though no record comes. */
final class TaskClock {
  private static final long SHORTEST_SWEEP_MILLIS = 10;
  private static final long LONGEST_SWEEP_MILLIS = 250;
  private static final Duration TRIM_INTERVAL = Duration.ofSeconds(5);
  private static final long LONGEST_BETWEEN_IDLE_SWEEPS_MILLIS = 60_000;

  private static final Duration RESUME_INTERVAL = Duration.ofSeconds(1);

  /** A look at a person who is not idle costs a seek: some ten microseconds. */
  private static final int IDLE_SWEEP_PERSONS = 500;

  /** Looked at in one go, so that few are left over where the tick's allowance ends. */
  private static final int IDLE_SWEEP_STEP = 25;

  /** Lets a person be changed, then writes what changed. */
  interface Changes {
    void change(PersonHash person, Consumer<Person> action);
  }

  private final ProcessorContext<byte[], byte[]> context;
  private final Turns turns;
  private final PersonStore store;
  private final PersonCache cache;
  private final WaitingPersons waitingPersons;
  private final PersonRules rules;
  private final Changes changes;

  /** The latest time of ingest of a frame that this task has seen: the only time that passes. */
  private long framesMillis = Long.MIN_VALUE;

  TaskClock(
      ProcessorContext<byte[], byte[]> context,
      Turns turns,
      PersonStore store,
      PersonCache cache,
      WaitingPersons waitingPersons,
      PersonRules rules,
      Changes changes) {
    this.context = context;
    this.turns = turns;
    this.store = store;
    this.cache = cache;
    this.waitingPersons = waitingPersons;
    this.rules = rules;
    this.changes = changes;
  }

  /** Begins to tick, for as long as the task lives. */
  void start(TopologyConfig config) {
    scheduleRefusals(config.waitingLimit());
    scheduleSweeps(config.idleLimit());
    scheduleTrims();
    scheduleResumes();
    scheduleChangelogWrites();
  }

  /** Takes note of a frame's time of ingest. */
  void note(long timestampMillis) {
    framesMillis = Math.max(framesMillis, timestampMillis);
  }

  private void scheduleRefusals(@Nullable Duration limit) {
    if (limit == null || limit.isZero()) {
      return; // who does not wait is refused when they come
    }
    long limitMillis = Math.max(1, limit.toMillis());
    long everyMillis =
        Math.max(SHORTEST_SWEEP_MILLIS, Math.min(LONGEST_SWEEP_MILLIS, limitMillis / 4));
    schedule(
        Duration.ofMillis(everyMillis),
        PunctuationType.WALL_CLOCK_TIME,
        nowMillis -> refuseOverdue(nowMillis, limitMillis));
  }

  /** The clock does not act: it writes refusals, which are read like all other answers. */
  private void refuseOverdue(long nowMillis, long limitMillis) {
    changeSome(
        waitingPersons.waitingSince(nowMillis - limitMillis, Allowance.PERSONS),
        person -> refuseOverdue(person, nowMillis, limitMillis));
  }

  /** Changes those whom one tick has room for; the others have the next one. */
  private void changeSome(List<WaitingPersons.Entry> entries, Consumer<Person> action) {
    Allowance allowance = allowance();
    for (WaitingPersons.Entry entry : entries) {
      if (!allowance.takePerson()) {
        return;
      }
      changes.change(entry.hash(), action);
    }
  }

  private Allowance allowance() {
    return new Allowance(System::nanoTime, store::rowsWritten);
  }

  private void refuseOverdue(Person person, long nowMillis, long limitMillis) {
    if (person.waitingFrames() == 0) {
      waitingPersons.update(person, nowMillis);
    } else {
      rules.refuseOverdue(person, nowMillis, limitMillis);
    }
  }

  /**
   * Idle memories are looked for as the frames' own time passes, a few persons at a time. A person
   * who comes back first is found idle by their frame; this only frees what nobody asks for.
   */
  private void scheduleSweeps(@Nullable Duration limit) {
    if (limit == null) {
      return;
    }
    long limitMillis = limit.toMillis();
    long everyMillis = Math.max(1, Math.min(LONGEST_BETWEEN_IDLE_SWEEPS_MILLIS, limitMillis / 100));
    schedule(
        Duration.ofMillis(everyMillis),
        PunctuationType.STREAM_TIME,
        streamMillis -> {
          if (framesMillis != Long.MIN_VALUE) {
            sweepIdle(limitMillis);
          }
        });
  }

  private void sweepIdle(long limitMillis) {
    Allowance allowance = allowance();
    for (int looked = 0; looked < IDLE_SWEEP_PERSONS; looked += IDLE_SWEEP_STEP) {
      for (PersonHash hash : store.silentSince(framesMillis - limitMillis, IDLE_SWEEP_STEP)) {
        if (!allowance.takePerson()) {
          return; // these have their turn in the next round
        }
        changes.change(hash, person -> rules.sweep(person, framesMillis));
      }
    }
  }

  /** A task of which nobody's frames come must give up what a new one needs, too. */
  private void scheduleTrims() {
    schedule(TRIM_INTERVAL, PunctuationType.WALL_CLOCK_TIME, nowMillis -> cache.trim());
  }

  /** Goes on with those who waited when the task began, though nothing of theirs comes. */
  private void scheduleResumes() {
    schedule(
        RESUME_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        nowMillis ->
            changeSome(
                waitingPersons.unseen(Allowance.PERSONS),
                person -> {})); // every change goes on with them first
  }

  /** What was forgotten must leave the changelog, too, of a partition of which nobody comes. */
  private void scheduleChangelogWrites() {
    schedule(
        Changelog.WRITE_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        nowMillis -> store.writeNothing());
  }

  private void schedule(Duration every, PunctuationType type, Punctuator action) {
    var unused =
        context.schedule(every, type, millis -> turns.work(() -> action.punctuate(millis)));
  }
}
