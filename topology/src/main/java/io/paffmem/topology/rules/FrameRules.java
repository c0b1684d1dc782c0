package io.paffmem.topology.rules;

import io.paffmem.memory.guard.FaceGuard;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.schemas.FaceLook;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.StreamWindow;
import io.paffmem.topology.person.StreamWindow.Verdict;
import io.paffmem.topology.person.Waiting;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a frame does when it comes, and what it does that none comes for long. */
final class FrameRules {
  /** After how long without a frame a stream is forgotten, by the records' timestamps. */
  private static final long SILENT_MILLIS = Duration.ofDays(1).toMillis();

  private final @Nullable Duration idleLimit;

  /** Null where everybody's frames are taken for the person's. */
  private final @Nullable FaceGuard guard;

  private final ResetRules resets;
  private final TurnRules turns;
  private final QueueRules queues;
  private final RefusalRules refusals;
  private final Counters counters;

  FrameRules(
      TopologyConfig config,
      ResetRules resets,
      TurnRules turns,
      QueueRules queues,
      RefusalRules refusals,
      Counters counters) {
    this.idleLimit = config.idleLimit();
    GuardConfig guarding = config.guard();
    this.guard = guarding == null ? null : new FaceGuard(guarding);
    this.resets = resets;
    this.turns = turns;
    this.queues = queues;
    this.refusals = refusals;
    this.counters = counters;
  }

  /** Takes a frame; what is refused comes back as the reason of a dead letter. */
  Optional<String> take(Person person, FaceFrame frame, long nowMillis) {
    PersonHeader header = person.header();
    if (frame.timestampMillis() < header.cutoffMillis()) {
      counters.count(Count.FORGOTTEN);
      return Optional.empty();
    }
    Verdict verdict = see(person, frame);
    if (verdict == Verdict.DUPLICATE) {
      counters.count(Count.DUPLICATES);
      return Optional.empty();
    }
    if (verdict == Verdict.TOO_LATE) {
      counters.count(Count.TOO_LATE);
      return Optional.of("too_late");
    }
    FaceFrame seen = timed(person, frame);
    if (isIdle(header, seen.timestampMillis())) {
      resets.inTurn(
          person, new Waiting.IdleReset(header.nextWaitingIndex(), seen.timestampMillis()));
    }
    FaceFrame face = guarded(person, seen);
    header.noteFrame(face.timestampMillis());
    if (person.head() == null && turns.resolve(person, face, Waiting.Frame.NOT_ASKED)) {
      return Optional.empty();
    }
    person.enqueue(new Waiting.Frame(header.nextWaitingIndex(), nowMillis, face));
    queues.advance(person, nowMillis);
    refusals.refuseOverflow(person);
    return Optional.empty();
  }

  /** A fresh frame, seen when it was published if its own time cannot be right. */
  private FaceFrame timed(Person person, FaceFrame frame) {
    StreamWindow window = person.stream(frame.key().stream());
    boolean moves = window == null || window.noteCaptured(frame.capturedAtMillis());
    if (moves && frame.isSeenAsCaptured()) {
      return frame;
    }
    counters.count(Count.IMPLAUSIBLE_TIMES);
    return frame.seenAtIngest();
  }

  /**
   * Whether the frame shows the person, as the frames that came before it say. It is asked when the
   * frame comes, not at its turn, so that it depends on nothing but the order of the frames.
   */
  private FaceFrame guarded(Person person, FaceFrame face) {
    if (guard == null) {
      if (!person.look().isEmpty()) {
        person.forgetLook(); // nobody wants to know it here
      }
      return face.looking(null);
    }
    if (!face.isReadable()) {
      return face.looking(null); // nor can it be told whose it is
    }
    FaceLook look = face.look();
    StreamWindow window = person.stream(face.key().stream());
    if (look == null || window == null) {
      return face;
    }
    if (!person.look().comparesWith(look.network(), look.numbers().length)) {
      person.forgetLook();
    }
    return face.judged(
        guard.see(
            person.look(), window.look(), look.network(), look.numbers(), face.seenAtMillis()));
  }

  /** Looks whether the frame was there before, and notes a fresh one. */
  private Verdict see(Person person, FaceFrame face) {
    StreamWindow window = person.stream(face.key().stream());
    long silentSinceMillis = face.timestampMillis() - SILENT_MILLIS;
    if (window == null || window.isSilentSince(silentSinceMillis)) {
      person.expireStreams(silentSinceMillis);
      counters.count(Count.EVICTED_STREAMS, person.evictStreams());
      window = StreamWindow.beginningAt(face.key().sequence());
    }
    Verdict verdict = window.look(face.key().sequence());
    if (verdict == Verdict.FRESH) {
      window.note(face.key().sequence(), face.timestampMillis());
      person.keep(face.key().stream(), window);
    }
    return verdict;
  }

  /**
   * Does to a person now what their next frame would do anyway, so that it does not matter when.
   *
   * @param framesMillis the latest time of ingest among the frames of the task
   */
  void sweep(Person person, long framesMillis) {
    person.expireStreams(framesMillis - SILENT_MILLIS);
    PersonHeader header = person.header();
    if (person.head() == null && isIdle(header, framesMillis)) {
      resets.inTurn(person, new Waiting.IdleReset(header.nextWaitingIndex(), framesMillis));
      header.forgetLastFrame();
    }
  }

  private boolean isIdle(PersonHeader header, long laterMillis) {
    return idleLimit != null && header.isIdle(idleLimit, laterMillis);
  }
}
