package io.paffmem.topology;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.MemoryParameters;
import io.paffmem.memory.Recognition;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.topology.Checked.Accepted;
import io.paffmem.topology.Checked.Refused;
import io.paffmem.topology.PersonHeader.LastCommand;
import io.paffmem.topology.SeedAnswer.SeedPairs;
import io.paffmem.topology.SeedOutcomes.Outcome;
import io.paffmem.topology.SeedOutcomes.State;
import io.paffmem.topology.StreamWindow.Verdict;
import java.time.Duration;
import java.time.Instant;
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
final class PersonFlow {
  /** After how long without a frame a stream is forgotten, by the records' timestamps. */
  private static final long SILENT_MILLIS = Duration.ofDays(1).toMillis();

  /** How far ahead a cut-off may be: as far as clocks, by what brokers let records be. */
  private static final long AHEAD_MILLIS = Duration.ofHours(1).toMillis();

  private final TopologyConfig config;
  private final AffectiveMemory memory;

  /** Of memories that learn no more, so that nobody can tell how long ago they saw their person. */
  private final AffectiveMemory formerMemory;

  private final Outbox outbox;
  private final Counters counters;
  private final WaitingPersons waitingPersons;
  private final Recognition seen = new Recognition();

  PersonFlow(
      TopologyConfig config,
      AffectiveMemory memory,
      Outbox outbox,
      Counters counters,
      WaitingPersons waitingPersons) {
    this.config = config;
    this.memory = memory;
    this.formerMemory =
        new AffectiveMemory(
            config.memory().toBuilder()
                .reading(config.memory().reading().toBuilder().pauseMillis(0).build())
                .build());
    this.outbox = outbox;
    this.counters = counters;
    this.waitingPersons = waitingPersons;
  }

  // ---- frames

  /** Takes a frame; what is refused comes back as the reason of a dead letter. */
  Optional<String> frame(Person person, FaceFrame face, long nowMillis) {
    if (face.timestampMillis < person.header.cutoffMillis) {
      counters.count(Counter.FORGOTTEN);
      return Optional.empty();
    }
    StreamWindow window = person.stream(face.key.stream());
    long silentSinceMillis = face.timestampMillis - SILENT_MILLIS;
    if (window == null || window.isSilentSince(silentSinceMillis)) {
      person.expireStreams(silentSinceMillis);
      counters.count(Counter.EVICTED_STREAMS, person.evictStreams());
      window = StreamWindow.beginningAt(face.key.sequence());
    }
    Verdict verdict = window.look(face.key.sequence());
    if (verdict == Verdict.DUPLICATE) {
      counters.count(Counter.DUPLICATES);
      return Optional.empty();
    }
    if (verdict == Verdict.TOO_LATE) {
      counters.count(Counter.TOO_LATE);
      return Optional.of("too_late");
    }
    window.note(face.key.sequence(), face.timestampMillis);
    person.keep(face.key.stream(), window);
    if (isIdle(person.header, face.timestampMillis)) {
      resetInTurn(
          person, Waiting.Reset.ofIdle(person.header.nextWaitingIndex, face.timestampMillis));
    }
    person.header.lastFrameMillis = Math.max(person.header.lastFrameMillis, face.timestampMillis);
    if (person.head() == null && resolve(person, face)) {
      return Optional.empty();
    }
    person.enqueue(new Waiting.Frame(person.header.nextWaitingIndex, nowMillis, face));
    advance(person, nowMillis);
    refuseOverflow(person);
    return Optional.empty();
  }

  // ---- idleness

  /** Whether so much time lies between a person's last frame and a later one. */
  private boolean isIdle(PersonHeader header, long laterMillis) {
    Duration limit = config.idleLimit();
    return limit != null
        && header.lastFrameMillis != PersonHeader.NO_FRAME
        && laterMillis - header.lastFrameMillis > limit.toMillis();
  }

  /**
   * Does to a person now what their next frame would do anyway, so that it does not matter when.
   *
   * @param framesMillis the latest time of ingest among the frames of the task
   */
  void sweep(Person person, long framesMillis) {
    person.expireStreams(framesMillis - SILENT_MILLIS);
    if (person.head() == null && isIdle(person.header, framesMillis)) {
      reset(person, Waiting.Reset.ofIdle(person.header.nextWaitingIndex, framesMillis));
      person.header.lastFrameMillis = PersonHeader.NO_FRAME;
    }
  }

  /**
   * The memory is of the active model, or begins anew: numbers of two models do not compare. A
   * memory whose seeding was complete is kept beside the new one until that is seeded too. If the
   * active model is again the one of the memory that was kept, it comes back as it was.
   */
  private void adoptModel(Person person) {
    PersonHeader header = person.header;
    String before = header.modelVersion;
    if (before.equals(config.modelVersion())) {
      return;
    }
    if (!before.isEmpty()) {
      counters.count(Counter.MODEL_CHANGES);
      FormerMemory former = person.former;
      if (former != null && former.modelVersion().equals(config.modelVersion())) {
        person.beginGeneration(header.generation + 1);
        person.take(former.memory(), former.seeded(), former.framesPerceived());
        person.dropFormer();
        counters.count(Counter.MODEL_CHANGES_UNDONE);
      } else {
        if (isSeeded(person)) {
          person.retire();
        }
        person.beginGeneration(header.generation + 1);
      }
    }
    header.modelVersion = config.modelVersion();
  }

  /** A seeded memory of another model than the active one; null if the person has none of that. */
  private @Nullable FormerMemory formerOf(Person person, String modelVersion) {
    PersonHeader header = person.header;
    FormerMemory former = person.former;
    if (former != null && former.modelVersion().equals(modelVersion)) {
      return former;
    }
    // No frame of the active model came yet, so the old memory is still in its place.
    return header.modelVersion.equals(modelVersion) && isSeeded(person)
        ? new FormerMemory(modelVersion, header.seeded, header.framesPerceived, person.memory)
        : null;
  }

  /** Answers a frame of another model, and changes nothing. */
  private void answerOtherModel(Person person, FaceFrame face) {
    FormerMemory former = formerOf(person, face.modelVersion);
    if (former == null) {
      outbox.priorEvent(face, person.memory.size(), person.header.framesPerceived, 0);
      return;
    }
    counters.count(Counter.EVENTS_FORMER);
    formerMemory.recognize(
        former.memory(),
        face.z,
        face.prior.getArousal(),
        face.prior.getValence(),
        face.seenAtMillis(),
        seen);
    outbox.memoryEvent(face, seen, former.memory().size(), former.framesPerceived(), 0);
  }

  private boolean isActive(FaceFrame face) {
    return face.modelVersion.equals(config.modelVersion());
  }

  // ---- seeds

  void seeds(Person person, SeedAnswer answer, long nowMillis) {
    PersonHeader header = person.header;
    long number = header.nextAnswerNumber++;
    if (keep(person, answer, number)) {
      advance(person, nowMillis);
    } else {
      counters.count(Counter.IGNORED_SEEDS);
    }
    person.outcomes.forgetBefore(header.nextAnswerNumber - SeedOutcomes.LATE_WITHIN);
  }

  /** Whether the answer may still matter; then it is kept. */
  private boolean keep(Person person, SeedAnswer answer, long number) {
    PersonHeader header = person.header;
    SeedPairs pairs = answer.pairs;
    boolean tooOld =
        answer.generation < header.generation
            || (answer.generation == header.generation && isSeeded(person));
    if (tooOld || (pairs != null && !answer.modelVersion.equals(config.modelVersion()))) {
      return false;
    }
    SeedOutcomes outcomes = person.outcomes;
    SeedOutcomes.Key key = new SeedOutcomes.Key(answer.generation, answer.frame);
    Outcome first = outcomes.of(answer.generation, answer.frame);
    if (first == null) {
      if (!person.isWaiting(answer.frame)) {
        if (answer.generation == header.generation && wasSeen(person, answer.frame)) {
          return false; // through, and so long ago that its outcome is gone
        }
        if (outcomes.isFull(pairs != null, mostEarlyPairs())) {
          counters.count(Counter.OVERFLOWING_SEEDS);
          return false;
        }
      }
      outcomes.keep(key, number, pairs);
      if (pairs == null) {
        counters.count(Counter.REFUSED_SEEDS);
      }
      return true;
    }
    if (pairs == null
        || !first.state().takesLate()
        || number - first.number() > SeedOutcomes.LATE_WITHIN
        || outcomes.lateOf(answer.generation) >= missing(person, answer.generation)) {
      // The last: each late seed takes one of the places that are left, in order; one beyond them
      // could never be trained.
      return false;
    }
    outcomes.keepLate(key, first, number, pairs);
    counters.count(Counter.LATE_SEEDS);
    return true;
  }

  private static boolean wasSeen(Person person, FrameKey frame) {
    StreamWindow window = person.stream(frame.stream());
    return window != null && window.look(frame.sequence()) != Verdict.FRESH;
  }

  private int mostEarlyPairs() {
    return 4 * config.seedingFrames() + 28;
  }

  /** Frames that a generation's memory has yet to be trained on. */
  private int missing(Person person, int generation) {
    int seeded = generation == person.header.generation ? person.header.seeded : 0;
    return Math.max(0, config.seedingFrames() - seeded);
  }

  private boolean isSeeded(Person person) {
    return person.header.seeded >= config.seedingFrames();
  }

  // ---- commands

  /**
   * Takes a command.
   *
   * @param timestampMillis its time of ingest
   * @param latestMillis the latest that this may be
   */
  void command(
      Person person,
      PersonCommand command,
      long timestampMillis,
      long latestMillis,
      long nowMillis) {
    TextHash id = TextHash.of(command.getCommandId());
    LastCommand last = person.header.lastCommand;
    if (last != null && last.id().equals(id)) {
      counters.count(Counter.REPEATED_COMMANDS);
      if (last.done()) {
        receipt(person, command, last, null, timestampMillis);
      }
      return;
    }
    if (command.getKind() == CommandKind.FORGET) {
      if (command.getCutoffMillis() > latestMillis + AHEAD_MILLIS) {
        refuseForget(person, command, id, timestampMillis, latestMillis);
        return;
      }
      forget(person, command, id, timestampMillis, nowMillis);
      return;
    }
    Waiting.Reset reset =
        new Waiting.Reset(
            person.header.nextWaitingIndex,
            command.getPersonId(),
            command.getCommandId(),
            command.getCutoffMillis(),
            timestampMillis);
    person.header.lastCommand = new LastCommand(id, false, 0, 0, 0);
    resetInTurn(person, reset);
  }

  private void resetInTurn(Person person, Waiting.Reset reset) {
    if (person.head() == null) {
      reset(person, reset);
    } else {
      person.enqueue(reset);
    }
  }

  private void reset(Person person, Waiting.Reset reset) {
    Checked<MemoryFile> sent = reset.memory() == null ? null : read(reset.memory());
    if (sent instanceof Refused<MemoryFile> refused) {
      // It fitted when it came; the active model or the parameters are others since.
      refuseImport(person, reset, refused.reason());
      return;
    }
    int neurons = person.memory.size();
    person.beginGeneration(person.header.generation + 1);
    person.dropFormer();
    if (sent instanceof Accepted<MemoryFile> accepted) {
      MemoryFile file = accepted.value();
      person.take(file.memory(), reset.seeded(), file.framesPerceived());
      person.header.modelVersion = file.modelVersion();
      counters.count(Counter.IMPORTED_MEMORIES);
    }
    if (!reset.isOfIdle()) {
      answer(person, reset, neurons, null);
    } else if (neurons > 0) {
      counters.count(Counter.IDLE_MEMORIES_REMOVED);
    }
  }

  /**
   * An import is a reset to another memory, and queues as one does. What cannot be imported changes
   * nothing, and the receipt says why.
   */
  void memoryImport(Person person, MemoryImport sent, long timestampMillis) {
    TextHash id = TextHash.of(sent.getCommandId());
    byte[] bytes = new byte[sent.getMemory().remaining()];
    sent.getMemory().duplicate().get(bytes);
    Checked<MemoryFile> read =
        timestampMillis < person.header.cutoffMillis
            ? new Refused<>(
                "the person was forgotten up to %s, and nothing says that it was sent since; import it again if they are to have it"
                    .formatted(Instant.ofEpochMilli(person.header.cutoffMillis)))
            : read(bytes);
    String problem = read instanceof Refused<MemoryFile> refused ? refused.reason() : null;
    LastCommand last = person.header.lastCommand;
    if (last != null && last.id().equals(id)) {
      counters.count(Counter.REPEATED_COMMANDS);
      if (last.done()) {
        receipt(person, sent, last, problem, timestampMillis);
      }
    } else if (read instanceof Accepted<MemoryFile> accepted) {
      person.header.lastCommand = new LastCommand(id, false, 0, 0, 0);
      resetInTurn(
          person,
          new Waiting.Reset(
              person.header.nextWaitingIndex,
              sent.getPersonId(),
              sent.getCommandId(),
              0,
              timestampMillis,
              bytes,
              seededHere(accepted.value())));
    } else {
      counters.count(Counter.REFUSED_IMPORTS);
      LastCommand done = new LastCommand(id, true, 0, 0, person.header.generation);
      person.header.lastCommand = done;
      receipt(person, sent, done, problem, timestampMillis);
    }
  }

  private void receipt(
      Person person,
      MemoryImport sent,
      LastCommand done,
      @Nullable String problem,
      long timestampMillis) {
    outbox.receipt(
        sent.getPersonId(),
        sent.getCommandId(),
        CommandKind.IMPORT,
        0,
        done,
        person.memory.size(),
        problem,
        timestampMillis);
  }

  /** A memory whose seeding was complete needs no more of it here. */
  private int seededHere(MemoryFile file) {
    return file.seededFrames() >= file.seedingFrames()
        ? config.seedingFrames()
        : Math.min(file.seededFrames(), config.seedingFrames());
  }

  /** A memory that would answer here as it did where it comes from, or why there is none. */
  private Checked<MemoryFile> read(byte[] bytes) {
    try {
      MemoryFile file = MemoryFile.read(bytes);
      String problem = misfit(file, bytes.length);
      return problem == null ? new Accepted<>(file) : new Refused<>(problem);
    } catch (StoredMemoryException e) {
      return new Refused<>(String.valueOf(e.getMessage()));
    }
  }

  /** Why a memory would not answer here as it did where it comes from; null if it would. */
  private @Nullable String misfit(MemoryFile file, int bytes) {
    if (!file.modelVersion().equals(config.modelVersion())) {
      return "it is a memory of model %s, the active model is %s: numbers of two models do not compare"
          .formatted(file.modelVersion(), config.modelVersion());
    }
    if (bytes > MemoryFile.MOST_BYTES) {
      return "it has %d bytes, at most %d can be imported".formatted(bytes, MemoryFile.MOST_BYTES);
    }
    if (file.seededFrames() < 1 || file.framesPerceived() < 0) {
      return "it counts %d seeded frames and %d perceived ones"
          .formatted(file.seededFrames(), file.framesPerceived());
    }
    return MemoryParameters.difference(file.parameters(), MemoryParameters.of(config.memory()))
        .map(difference -> "it would not answer here as it did: its " + difference)
        .orElse(null);
  }

  /** The receipt of a reset, which the header also keeps if no other command came since. */
  private void answer(Person person, Waiting.Reset reset, int neurons, @Nullable String problem) {
    TextHash id = TextHash.of(reset.commandId());
    LastCommand done = new LastCommand(id, true, neurons, 0, person.header.generation);
    LastCommand last = person.header.lastCommand;
    if (last != null && last.id().equals(id)) {
      person.header.lastCommand = done;
    }
    outbox.receipt(
        reset.personId(),
        reset.commandId(),
        reset.memory() == null ? CommandKind.RESET : CommandKind.IMPORT,
        reset.cutoffMillis(),
        done,
        person.memory.size(),
        problem,
        reset.timestampMillis());
  }

  private void refuseImport(Person person, Waiting.Reset queued, String problem) {
    counters.count(Counter.REFUSED_IMPORTS);
    answer(person, queued, 0, problem);
  }

  private void forget(
      Person person, PersonCommand command, TextHash id, long timestampMillis, long nowMillis) {
    PersonHeader header = person.header;
    int neurons = person.memory.size();
    int frames = person.waitingFrames();
    counters.count(Counter.FORGOTTEN, frames);
    // Resets that wait count as if they had happened: generations must not depend on whether the
    // frames before them were through.
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset reset) {
        person.beginGeneration(header.generation + 1);
        if (reset.memory() != null) {
          refuseImport(person, reset, "the person was forgotten before its turn came");
        } else if (!reset.isOfIdle()) {
          answer(person, reset, 0, null);
        }
      }
    }
    person.clearQueue();
    person.forgetStreams();
    person.dropFormer();
    person.beginGeneration(header.generation + 1);
    header.modelVersion = "";
    header.lastFrameMillis = PersonHeader.NO_FRAME;
    header.cutoffMillis = Math.max(header.cutoffMillis, command.getCutoffMillis());
    header.lastCommand = new LastCommand(id, true, neurons, frames, header.generation);
    waitingPersons.update(person, nowMillis);
    receipt(person, command, header.lastCommand, null, timestampMillis);
  }

  /** All frames up to the cut-off would be dropped, so one in the future locks a person out. */
  private void refuseForget(
      Person person, PersonCommand command, TextHash id, long timestampMillis, long latestMillis) {
    counters.count(Counter.REFUSED_COMMANDS);
    receipt(
        person,
        command,
        new LastCommand(id, true, 0, 0, person.header.generation),
        "its cut-off, %s, is in the future: it was sent at %s, and every frame until then would be dropped; send it again with a cut-off that has passed"
            .formatted(
                Instant.ofEpochMilli(command.getCutoffMillis()),
                Instant.ofEpochMilli(latestMillis)),
        timestampMillis);
  }

  private void receipt(
      Person person,
      PersonCommand command,
      LastCommand done,
      @Nullable String problem,
      long timestampMillis) {
    outbox.receipt(
        command.getPersonId(),
        command.getCommandId(),
        command.getKind(),
        command.getCutoffMillis(),
        done,
        person.memory.size(),
        problem,
        timestampMillis);
  }

  // ---- the queue

  /**
   * Goes on with a person who waited when the task began, since the active model or the parameters
   * may be others now, or of whom damaged rows went. Called before anything else is done to them,
   * so that it does not matter when.
   */
  void resume(Person person, long nowMillis) {
    if (person.damaged || waitingPersons.isUnseen(person)) {
      advance(person, nowMillis);
      person.damaged = false;
    }
  }

  /** Takes from the head what can be taken, then asks for what is missing. */
  private void advance(Person person, long nowMillis) {
    for (Waiting head = person.head(); head != null; head = person.head()) {
      if (head instanceof Waiting.Reset reset) {
        person.removeHead();
        reset(person, reset);
      } else if (head instanceof Waiting.Frame frame && resolve(person, frame.face)) {
        person.removeHead();
      } else {
        break;
      }
    }
    askForMissing(person);
    waitingPersons.update(person, nowMillis);
  }

  /** Answers a frame, if what it needs is there. */
  private boolean resolve(Person person, FaceFrame face) {
    PersonHeader header = person.header;
    if (!isActive(face)) {
      answerOtherModel(person, face);
      return true;
    }
    adoptModel(person);
    if (!isSeeded(person) && isSeedingOver(header.seedingSinceMillis, face)) {
      header.seeded = config.seedingFrames();
      person.outcomes.dropUpTo(header.generation);
      seedingDone(person);
    }
    if (!isSeeded(person)) {
      Outcome outcome = person.outcomes.of(header.generation, face.key);
      if (outcome == null) {
        return false;
      }
      boolean trained = trainOn(person, face, outcome);
      if (!trained) {
        outbox.priorEvent(
            face, person.memory.size(), header.framesPerceived, missing(person, header.generation));
        return true;
      }
    }
    float arousal = face.prior.getArousal();
    float valence = face.prior.getValence();
    memory.recognize(person.memory, face.z, arousal, valence, face.seenAtMillis(), seen);
    memory.learn(person.memory, face.z, arousal, valence, seen);
    person.journal.learnt(face);
    header.framesPerceived++;
    outbox.memoryEvent(
        face,
        seen,
        person.memory.size(),
        header.framesPerceived,
        missing(person, header.generation));
    return true;
  }

  /**
   * Trains on what was answered late before this frame's own answer, then on the frame's own pairs.
   * False if the frame was refused and the memory is still not seeded.
   */
  private boolean trainOn(Person person, FaceFrame face, Outcome outcome) {
    PersonHeader header = person.header;
    SeedOutcomes outcomes = person.outcomes;
    while (!isSeeded(person)) {
      SeedPairs late = outcomes.takeLateBefore(header.generation, outcome.number());
      if (late == null) {
        break;
      }
      train(person, face, late);
    }
    boolean recognizable = isSeeded(person);
    if (!recognizable && outcome.state() == State.PAIRS) {
      SeedPairs pairs = outcomes.pairs(outcome);
      if (pairs != null) {
        train(person, face, pairs);
        recognizable = true;
      }
    }
    if (isSeeded(person)) {
      outcomes.dropUpTo(header.generation);
    } else {
      outcomes.spend(new SeedOutcomes.Key(header.generation, face.key));
    }
    return recognizable;
  }

  /** Trains the memory at the turn of a frame; seeding may end by time only after this. */
  private void train(Person person, FaceFrame face, SeedPairs pairs) {
    PersonHeader header = person.header;
    memory.seed(person.memory, pairs.z, pairs.prior, pairs.y);
    header.seeded++;
    counters.count(Counter.SEEDED_FRAMES);
    if (isSeeded(person)) {
      seedingDone(person);
    } else if (config.seedingTime() != null && header.seedingSinceMillis == PersonHeader.NO_FRAME) {
      header.seedingSinceMillis = face.seenAtMillis();
    }
  }

  private void seedingDone(Person person) {
    person.header.seedingSinceMillis = PersonHeader.NO_FRAME;
    if (person.former != null) {
      person.dropFormer();
      counters.count(Counter.MODEL_CHANGES_DONE);
    }
  }

  /** Whether a frame was seen too long after the first that was seeded for being seeded itself. */
  private boolean isSeedingOver(long sinceMillis, FaceFrame face) {
    Duration time = config.seedingTime();
    return time != null
        && sinceMillis != PersonHeader.NO_FRAME
        && face.seenAtMillis() - sinceMillis > time.toMillis();
  }

  /**
   * Asks seeds for the first waiting frames of each generation, as many as its memory lacks and
   * seeding lasts. A frame that was refused does not count, so another one takes its place.
   */
  private void askForMissing(Person person) {
    int generation = person.header.generation;
    int lastGeneration = generation + person.queuedResets();
    int missing = missing(person, generation);
    long sinceMillis = person.header.seedingSinceMillis;
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset reset) {
        generation++;
        missing = config.seedingFrames() - reset.seeded();
        sinceMillis = PersonHeader.NO_FRAME;
      } else if (missing <= 0) {
        if (generation == lastGeneration) {
          return;
        }
      } else if (waiting instanceof Waiting.Frame frame && isActive(frame.face)) {
        if (isSeedingOver(sinceMillis, frame.face)) {
          missing = 0;
          continue;
        }
        Outcome outcome = person.outcomes.of(generation, frame.face.key);
        if (outcome == null && frame.askedGeneration != generation) {
          frame.askedGeneration = generation;
          person.write(frame);
          outbox.seedRequest(frame.face, generation);
        }
        if (outcome == null || outcome.state() == State.PAIRS) {
          missing--;
          sinceMillis =
              sinceMillis == PersonHeader.NO_FRAME ? frame.face.seenAtMillis() : sinceMillis;
        }
      }
    }
  }

  // ---- refusals

  /** Refuses seeds to frames that waited for longer than the limit. */
  void refuseOverdue(Person person, long nowMillis, long limitMillis) {
    WaitingPersons.Entry entry = waitingPersons.of(person);
    entry.oldestArrivalMillis = Long.MAX_VALUE;
    int generation = person.header.generation;
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset) {
        generation++;
      } else if (waiting instanceof Waiting.Frame frame && frame.index() >= entry.refusedUpTo) {
        if (nowMillis - frame.arrivedAtMillis < limitMillis) {
          entry.oldestArrivalMillis = frame.arrivedAtMillis;
          return;
        }
        refuse(person, entry, frame, generation, "timed_out");
      }
    }
  }

  /** Where more frames wait than may, refuses seeds to the oldest that has no answer. */
  private void refuseOverflow(Person person) {
    if (person.waitingFrames() <= config.queueBound()) {
      return;
    }
    WaitingPersons.Entry entry = waitingPersons.of(person);
    int generation = person.header.generation;
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
    if (!isActive(frame.face) || person.outcomes.of(generation, frame.face.key) != null) {
      return false;
    }
    outbox.refusal(frame.face, generation, reason);
    return true;
  }
}
