package io.paffmem.topology;

import static java.util.Objects.requireNonNull;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.SeedAnswer.SeedPairs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was answered to one person's seed requests, kept until the frames that it belongs to are the
 * heads of their queue; in a replay an answer may well come before its frame.
 *
 * <p>The first answer to a frame is its outcome. Pairs that come after a refusal are a <i>late
 * seed</i>: they still train the memory, in the order of the topic {@code seeds}. That order is
 * expressed in numbers, one for every record of the person on that topic, so that what is trained
 * when depends on the topic alone and not on what was read from others in between.
 *
 * <p>In memory there are only keys and numbers; the pairs themselves are read when they are used.
 */
final class SeedOutcomes {
  /**
   * Pairs count as late up to that many of the person's answers after the refusal; so the outcomes
   * of frames that are through need not be kept for longer.
   */
  static final int LATE_WITHIN = 1024;

  /** Answers kept for frames that did not come yet, beside those with pairs. */
  private static final int MOST_EARLY = 4096;

  /** What became of the first answer to a frame. */
  enum State {
    /** Pairs that no memory was trained on yet. */
    PAIRS((byte) 0),
    /** No pairs. */
    REFUSED((byte) 1),
    /** No pairs at first, and late ones since. */
    REFUSED_THEN_PAIRS((byte) 2),
    /** The frame is through, and what else may be answered to it counts no more. */
    THROUGH((byte) 3),
    /** The frame is through without pairs; if some come, they are late. */
    REFUSED_THROUGH((byte) 4);

    final byte code;

    State(byte code) {
      this.code = code;
    }

    static State of(byte code) {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new IllegalArgumentException("outcome of state " + code);
    }

    boolean isThrough() {
      return this == THROUGH || this == REFUSED_THROUGH;
    }

    /** Whether pairs would count as late. */
    boolean takesLate() {
      return this == REFUSED || this == REFUSED_THROUGH;
    }
  }

  /**
   * The first answer to a frame.
   *
   * @param number its place among the person's answers
   */
  record Outcome(long number, State state) {}

  /** A frame as a generation of the memory sees it. */
  record Key(int generation, FrameKey frame) {}

  private final PersonHash person;
  private final PersonStore store;
  private final Map<Key, Outcome> outcomes = new HashMap<>();

  /** Outcomes of frames that are through, by number. */
  private final TreeMap<Long, Key> through = new TreeMap<>();

  /** Late seeds that wait to be trained: number to generation. */
  private final TreeMap<Long, Integer> late = new TreeMap<>();

  private int storedPairs;

  SeedOutcomes(PersonHash person, PersonStore store) {
    this.person = person;
    this.store = store;
  }

  // ---- reading back

  void restore(Key key, Outcome outcome) {
    index(key, outcome);
  }

  void restoreLate(int generation, long number) {
    late.put(number, generation);
  }

  // ---- asking

  @Nullable Outcome of(int generation, FrameKey frame) {
    return outcomes.get(new Key(generation, frame));
  }

  int size() {
    return outcomes.size() + late.size();
  }

  /** Whether an answer for a frame that did not come yet would be one too many. */
  boolean isFull(boolean withPairs, int mostPairs) {
    return withPairs ? storedPairs >= mostPairs : outcomes.size() - through.size() >= MOST_EARLY;
  }

  /** Late seeds of that generation that wait to be trained. */
  int lateOf(int generation) {
    int count = 0;
    for (int of : late.values()) {
      if (of == generation) {
        count++;
      }
    }
    return count;
  }

  // ---- changing

  /** Keeps the first answer to a frame. */
  void keep(Key key, long number, @Nullable SeedPairs pairs) {
    put(key, new Outcome(number, pairs == null ? State.REFUSED : State.PAIRS));
    if (pairs != null) {
      store.put(RowKeys.pairs(person, number), Rows.pairs(pairs));
    }
  }

  /** Keeps pairs that came after a refusal; what else is answered to that frame is a repetition. */
  void keepLate(Key key, Outcome outcome, long number, SeedPairs pairs) {
    boolean through = outcome.state().isThrough();
    become(key, outcome, through ? State.THROUGH : State.REFUSED_THEN_PAIRS);
    int generation = key.generation();
    late.put(number, generation);
    store.put(RowKeys.late(person, generation, number), Rows.late());
    store.put(RowKeys.pairs(person, number), Rows.pairs(pairs));
  }

  /** Takes the earliest late seed of that generation before a number; null if there is none. */
  @Nullable SeedPairs takeLateBefore(int generation, long number) {
    for (Map.Entry<Long, Integer> entry : late.headMap(number).entrySet()) {
      if (entry.getValue() == generation) {
        long taken = entry.getKey();
        SeedPairs pairs = store.pairs(person, taken);
        dropLate(generation, taken);
        if (pairs != null) {
          return pairs;
        }
        return takeLateBefore(generation, number); // its row was damaged
      }
    }
    return null;
  }

  /** The pairs of an outcome; null if its row is damaged. */
  @Nullable SeedPairs pairs(Outcome outcome) {
    return store.pairs(person, outcome.number());
  }

  /** The frame is through; only that it was answered is kept. */
  void spend(Key key) {
    Outcome outcome = outcomes.get(key);
    if (outcome != null && !outcome.state().isThrough()) {
      boolean refused = outcome.state() == State.REFUSED;
      become(key, outcome, refused ? State.REFUSED_THROUGH : State.THROUGH);
    }
  }

  /** Lets go of outcomes that are through and for which no pairs can count as late any more. */
  void forgetBefore(long number) {
    while (!through.isEmpty() && through.firstKey() < number) {
      Key key = through.firstEntry().getValue();
      through.remove(through.firstKey());
      outcomes.remove(key);
      store.delete(RowKeys.outcome(person, key.generation(), key.frame()));
    }
  }

  /**
   * Drops all of one generation and of those before it, and pairs that nothing names, since the row
   * that did was damaged.
   */
  void dropUpTo(int generation) {
    Iterator<Map.Entry<Key, Outcome>> each = outcomes.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Key, Outcome> entry = each.next();
      if (entry.getKey().generation() <= generation) {
        unindex(entry.getValue());
        each.remove();
        Key key = entry.getKey();
        store.delete(RowKeys.outcome(person, key.generation(), key.frame()));
      }
    }
    List<Long> old = new ArrayList<>();
    late.forEach(
        (number, of) -> {
          if (of <= generation) {
            old.add(number);
          }
        });
    for (long number : old) {
      dropLate(requireNonNull(late.get(number)), number);
    }
    Set<Long> named = new HashSet<>(late.keySet());
    for (Outcome outcome : outcomes.values()) {
      if (outcome.state() == State.PAIRS) {
        named.add(outcome.number());
      }
    }
    store.deletePairsBut(person, named);
  }

  private void put(Key key, Outcome outcome) {
    index(key, outcome);
    store.put(RowKeys.outcome(person, key.generation(), key.frame()), Rows.outcome(outcome));
  }

  private void index(Key key, Outcome outcome) {
    outcomes.put(key, outcome);
    if (outcome.state().isThrough()) {
      through.put(outcome.number(), key);
    }
    if (outcome.state() == State.PAIRS) {
      storedPairs++;
    }
  }

  private void become(Key key, Outcome outcome, State state) {
    unindex(outcome);
    put(key, new Outcome(outcome.number(), state));
  }

  private void unindex(Outcome outcome) {
    through.remove(outcome.number());
    if (outcome.state() == State.PAIRS) {
      storedPairs--;
      store.delete(RowKeys.pairs(person, outcome.number()));
    }
  }

  private void dropLate(int generation, long number) {
    late.remove(number);
    store.delete(RowKeys.late(person, generation, number));
    store.delete(RowKeys.pairs(person, number));
  }
}
