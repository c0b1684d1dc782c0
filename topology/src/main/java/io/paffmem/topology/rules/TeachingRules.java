package io.paffmem.topology.rules;

import io.paffmem.memory.Recognition;
import io.paffmem.memory.Taught;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.Lesson.Moment;
import io.paffmem.topology.person.Lesson.Outcome;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.StreamWindow;
import io.paffmem.topology.person.StreamWindow.Verdict;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.person.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a teaching does. It takes the place among the frames at which it is read, as a reset does,
 * and looks for its moment among those that the frames before it left.
 */
final class TeachingRules {
  private final Outbox outbox;
  private final Counters counters;

  TeachingRules(Outbox outbox, Counters counters) {
    this.outbox = outbox;
    this.counters = counters;
  }

  /**
   * Does it now, or behind the frames that wait. Whether its frame has come is looked at here: at
   * its turn there may be frames that came after it.
   */
  void take(Person person, Command command, Lesson lesson) {
    Long sequence = lesson.sequence();
    TextHash stream = lesson.stream();
    if (command.timestampMillis() < person.header().cutoffMillis()) {
      answer(person, command, Outcome.FORGOTTEN);
    } else if (sequence != null && (stream == null || !wasSeen(person, stream, sequence))) {
      answer(person, command, Outcome.UNKNOWN_MOMENT);
    } else if (person.head() == null) {
      carryOut(person, command, lesson);
    } else if (person.queuedLessons() >= Taught.MOST) {
      answer(person, command, Outcome.FULL);
    } else {
      person.enqueue(new Waiting.Teaching(person.header().nextWaitingIndex(), command, lesson));
    }
  }

  /** Its turn has come. */
  void carryOut(Person person, Command command, Lesson lesson) {
    answer(
        person,
        command,
        command.kind() == CommandKind.UNTEACH
            ? undo(person, lesson)
            : teach(person, command, lesson));
  }

  /** The person is forgotten, and with them what waits. */
  void overtake(Person person, Waiting.Teaching waiting) {
    answer(person, waiting.command(), Outcome.FORGOTTEN);
  }

  /** Keeps a face that the memory answered, so that it can be taught. */
  static void keep(Person person, FaceFrame face, Recognition seen) {
    person.keep(
        new Moment(
            face.key().stream(),
            face.key().sequence(),
            face.seenAtMillis(),
            face.z(),
            seen.readArousal(),
            seen.readValence(),
            null));
  }

  /** Keeps that a face which was answered otherwise cannot be taught. */
  static void keepRefused(Person person, FaceFrame face, Outcome refusal) {
    person.keep(
        Moment.refused(face.key().stream(), face.key().sequence(), face.seenAtMillis(), refusal));
  }

  private static Outcome undo(Person person, Lesson lesson) {
    String id = lesson.undoes();
    if (id == null || !person.memory().taught().has(id)) {
      return Outcome.UNKNOWN_TEACHING;
    }
    person.unteach(id);
    return Outcome.UNDONE;
  }

  private static Outcome teach(Person person, Command command, Lesson lesson) {
    Taught taught = person.memory().taught();
    if (taught.has(command.commandId())) {
      return Outcome.DUPLICATE;
    }
    if (taught.size() >= Taught.MOST) {
      return Outcome.FULL;
    }
    List<Moment> kept = new ArrayList<>();
    for (Moment moment : person.moments()) {
      if (lesson.stream() == null || moment.stream().equals(lesson.stream())) {
        kept.add(moment);
      }
    }
    Long sequence = lesson.sequence();
    List<Moment> found = sequence == null ? within(kept, lesson) : nearest(kept, sequence);
    List<Moment> meant = found.stream().filter(Moment::isTeachable).toList();
    if (meant.isEmpty()) {
      return found.stream()
          .max(Comparator.comparingLong(Moment::seenAtMillis))
          .map(Moment::refusal)
          .orElseGet(() -> absence(person, kept, lesson));
    }
    TaughtMoment moment = mean(command.commandId(), lesson, meant);
    if (lesson.neutral() && !isCalm(meant)) {
      return Outcome.NOT_CALM;
    }
    person.teach(moment);
    return Outcome.TAUGHT;
  }

  private static List<Moment> within(List<Moment> kept, Lesson lesson) {
    return kept.stream()
        .filter(moment -> moment.seenAtMillis() >= lesson.fromMillis())
        .filter(moment -> moment.seenAtMillis() <= lesson.toMillis())
        .toList();
  }

  /** The last that is kept up to a frame that was seen: it is itself, or speaks for it. */
  private static List<Moment> nearest(List<Moment> kept, long sequence) {
    Moment nearest = null;
    for (Moment moment : kept) {
      if (moment.sequence() <= sequence
          && (nearest == null || moment.sequence() > nearest.sequence())) {
        nearest = moment;
      }
    }
    return nearest == null ? List.of() : List.of(nearest);
  }

  private static boolean wasSeen(Person person, TextHash stream, long sequence) {
    StreamWindow window = person.stream(stream);
    return window != null && window.look(sequence) != Verdict.FRESH;
  }

  /** Why there is nothing to teach. */
  private static Outcome absence(Person person, List<Moment> kept, Lesson lesson) {
    if (person.header().framesPerceived() == 0 && person.header().lastFrameMillis() > 0) {
      return Outcome.NOT_YET;
    }
    if (lesson.sequence() != null) {
      return Outcome.TOO_LATE; // it had come
    }
    for (Moment moment : kept) {
      if (moment.seenAtMillis() <= lesson.toMillis()) {
        return Outcome.UNKNOWN_MOMENT; // between faces
      }
    }
    return kept.isEmpty() ? Outcome.UNKNOWN_MOMENT : Outcome.TOO_LATE;
  }

  private static TaughtMoment mean(String id, Lesson lesson, List<Moment> moments) {
    int count = moments.size();
    double[] sums = new double[moments.get(0).z().length];
    double arousal = 0;
    double valence = 0;
    long since = Long.MAX_VALUE;
    for (Moment moment : moments) {
      for (int d = 0; d < sums.length; d++) {
        sums[d] += moment.z()[d];
      }
      arousal += moment.readArousal();
      valence += moment.readValence();
      since = Math.min(since, moment.seenAtMillis());
    }
    float[] z = new float[sums.length];
    for (int d = 0; d < sums.length; d++) {
      z[d] = (float) (sums[d] / count);
    }
    return new TaughtMoment(
        id,
        lesson.neutral(),
        lesson.arousal(),
        lesson.valence(),
        z,
        (float) (arousal / count),
        (float) (valence / count),
        count,
        since);
  }

  private static boolean isCalm(List<Moment> moments) {
    float[] arousal = new float[moments.size()];
    float[] valence = new float[moments.size()];
    for (int i = 0; i < arousal.length; i++) {
      arousal[i] = moments.get(i).readArousal();
      valence[i] = moments.get(i).readValence();
    }
    return Taught.isCalm(arousal, valence);
  }

  private void answer(Person person, Command command, Outcome outcome) {
    counters.count(
        switch (outcome) {
          case TAUGHT -> Count.TEACHINGS;
          case UNDONE -> Count.UNDONE_TEACHINGS;
          case DUPLICATE -> Count.REPEATED_COMMANDS;
          default -> Count.REFUSED_TEACHINGS;
        });
    outbox.teachingReceipt(
        command,
        outcome,
        person.header().generation(),
        person.memory().size(),
        person.memory().taught().size());
  }
}
