package io.paffmem.evaluation.guard;

import io.paffmem.evaluation.statistics.Bootstrap;
import io.paffmem.memory.guard.FaceGuard;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.memory.guard.Likeness;
import io.paffmem.memory.guard.PersonLook;
import io.paffmem.memory.guard.StreamLook;
import io.paffmem.schemas.FaceLook;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lets strangers come under a person's name, and counts what the guard says. */
public final class GuardTrial {
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** A stream that began in 2023. */
  private static final long BEGIN = 1_700_000_000_000L;

  private final FaceGuard guard;
  private final List<LookedPerson> people;
  private final int strangers;
  private final long seed;

  /**
   * A trial.
   *
   * @param strangers how many others come under each person's name, at most
   * @param seed of the intervals
   */
  public GuardTrial(GuardConfig config, List<LookedPerson> people, int strangers, long seed) {
    this.guard = new FaceGuard(config);
    this.people = List.copyOf(people);
    this.strangers = Math.min(strangers, people.size() - 1);
    this.seed = seed;
    if (people.size() < 2) {
      throw new IllegalArgumentException("one person has no stranger; give two at least");
    }
  }

  /** What came of one person's frames and of others' under their name. */
  private static final class Counts {
    long own;
    long refused;
    long others;
    long learnt;

    void own(Likeness said) {
      if (said != Likeness.UNKNOWN) {
        own++;
        refused += said == Likeness.STRANGER ? 1 : 0;
      }
    }

    /** A stranger before the person is described is learnt, and not counted: nothing can tell. */
    void other(Likeness said) {
      if (said != Likeness.UNKNOWN) {
        others++;
        learnt += said == Likeness.PERSON ? 1 : 0;
      }
    }
  }

  /** One person's description, and their stream. */
  private final class Seen {
    private final PersonLook person;
    private StreamLook stream = new StreamLook();
    private long millis;

    Seen(PersonLook person, long millis) {
      this.person = person;
      this.millis = millis;
    }

    Likeness see(FaceLook look, long after) {
      millis += after;
      return guard.see(person, stream, look.network(), look.numbers(), millis);
    }

    /** The same a day later, on another stream. */
    Seen nextDay() {
      return new Seen(person.copy(), millis + DAY);
    }

    Seen copy() {
      Seen copy = new Seen(person.copy(), millis);
      if (stream.isBegun()) {
        ByteBuffer bytes = ByteBuffer.allocate(StreamLook.BYTES);
        stream.writeTo(bytes);
        copy.stream = StreamLook.readFrom(bytes.flip());
      }
      return copy;
    }
  }

  /**
   * Others step in front of the person: half of the person's clip, all of the stranger's, the rest
   * of the person's, on one stream without a pause.
   */
  public GuardFigures swaps() {
    return figures(
        "another person steps in on the stream",
        (at, counts) -> {
          LookedClip own = people.get(at).clips().get(0);
          int half = own.size() / 2;
          for (int other : others(at)) {
            Seen seen = new Seen(new PersonLook(), BEGIN);
            see(seen, own, 0, half, counts::own);
            LookedClip strange = people.get(other).clips().get(0);
            see(seen, strange, 0, strange.size(), counts::other);
            see(seen, own, half, own.size(), counts::own);
          }
        });
  }

  /** The person comes back another day, and so do others under their name. */
  public GuardFigures anotherDay() {
    return figures(
        "another day, on another stream",
        (at, counts) -> {
          Seen seen = new Seen(new PersonLook(), BEGIN);
          LookedClip own = people.get(at).clips().get(0);
          see(seen, own, 0, own.size(), said -> {});
          LookedClip later = last(at);
          see(seen.nextDay(), later, 0, later.size(), counts::own);
          for (int other : others(at)) {
            LookedClip strange = last(other);
            see(seen.nextDay(), strange, 0, strange.size(), counts::other);
          }
        });
  }

  /** Photographs, each of another day: those after the first ones against all of some others. */
  public GuardFigures photographs() {
    return figures(
        "photographs, each of another day",
        (at, counts) -> {
          Seen seen = new Seen(new PersonLook(), BEGIN);
          LookedClip own = people.get(at).clips().get(0);
          for (FaceLook look : own.looks()) {
            counts.own(seen.see(look, DAY));
          }
          for (int other : others(at)) {
            for (FaceLook look : people.get(other).clips().get(0).looks()) {
              counts.other(seen.copy().see(look, DAY));
            }
          }
        });
  }

  private interface Scenario {
    void run(int person, Counts counts);
  }

  private interface Taker {
    void take(Likeness said);
  }

  private static void see(Seen seen, LookedClip clip, int from, int to, Taker taker) {
    for (int i = from; i < to; i++) {
      long after = i == from ? clip.step() : clip.millis().get(i) - clip.millis().get(i - 1);
      taker.take(seen.see(clip.looks().get(i), after));
    }
  }

  private LookedClip last(int person) {
    List<LookedClip> clips = people.get(person).clips();
    return clips.get(clips.size() - 1);
  }

  private List<Integer> others(int person) {
    List<Integer> others = new ArrayList<>();
    for (int k = 1; k <= strangers; k++) {
      others.add((person + k) % people.size());
    }
    return others;
  }

  private GuardFigures figures(String name, Scenario scenario) {
    List<Counts> all = new ArrayList<>();
    for (int person = 0; person < people.size(); person++) {
      Counts counts = new Counts();
      scenario.run(person, counts);
      if (counts.own > 0 && counts.others > 0) {
        all.add(counts);
      }
    }
    Bootstrap bootstrap = new Bootstrap(all.size(), seed);
    int[] once = new int[all.size()];
    Arrays.fill(once, 1);
    return new GuardFigures(
        name,
        all.size(),
        all.stream().mapToLong(counts -> counts.others).sum(),
        learnt(all, once),
        bootstrap.of(times -> learnt(all, times)),
        all.stream().mapToLong(counts -> counts.own).sum(),
        refused(all, once),
        bootstrap.of(times -> refused(all, times)));
  }

  private static double learnt(List<Counts> all, int[] times) {
    double sum = 0;
    int people = 0;
    for (int i = 0; i < times.length; i++) {
      sum += times[i] * ((double) all.get(i).learnt / all.get(i).others);
      people += times[i];
    }
    return sum / people;
  }

  private static double refused(List<Counts> all, int[] times) {
    double sum = 0;
    int people = 0;
    for (int i = 0; i < times.length; i++) {
      sum += times[i] * ((double) all.get(i).refused / all.get(i).own);
      people += times[i];
    }
    return sum / people;
  }
}
