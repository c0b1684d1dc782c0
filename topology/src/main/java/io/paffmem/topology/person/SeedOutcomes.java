package io.paffmem.topology.person;

import static java.util.Objects.requireNonNull;

import io.paffmem.topology.person.SeedOutcome.State;
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
public final class SeedOutcomes {
  /**
   * Pairs count as late up to that many of the person's answers after the refusal; so the outcomes
   * of frames that are through need not be kept for longer.
   */
  public static final int LATE_WITHIN = 1024;

  /** Answers kept for frames that did not come yet, beside those with pairs. */
  private static final int MOST_EARLY = 4096;

  private final PersonRows rows;
  private final Map<SeedOutcome.Key, SeedOutcome> outcomes = new HashMap<>();

  /** Outcomes of frames that are through, by number. */
  private final TreeMap<Long, SeedOutcome.Key> through = new TreeMap<>();

  /** Late seeds that wait to be trained: number to generation. */
  private final TreeMap<Long, Integer> late = new TreeMap<>();

  private int storedPairs;

  SeedOutcomes(PersonRows rows) {
    this.rows = rows;
  }

  // ---- reading back

  public void restore(SeedOutcome.Key key, SeedOutcome outcome) {
    index(key, outcome);
  }

  public void restoreLate(int generation, long number) {
    late.put(number, generation);
  }

  // ---- asking

  public @Nullable SeedOutcome of(int generation, FrameKey frame) {
    return outcomes.get(new SeedOutcome.Key(generation, frame));
  }

  public int size() {
    return outcomes.size() + late.size();
  }

  /** Whether an answer for a frame that did not come yet would be one too many. */
  public boolean isFull(boolean withPairs, int mostPairs) {
    return withPairs ? storedPairs >= mostPairs : outcomes.size() - through.size() >= MOST_EARLY;
  }

  /** Late seeds of that generation that wait to be trained. */
  public int lateOf(int generation) {
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
  public void keep(SeedOutcome.Key key, long number, @Nullable ImaginedFaces pairs) {
    put(key, new SeedOutcome(number, pairs == null ? State.REFUSED : State.PAIRS));
    if (pairs != null) {
      rows.putPairs(number, pairs);
    }
  }

  /** Keeps pairs that came after a refusal; what else is answered to that frame is a repetition. */
  public void keepLate(SeedOutcome.Key key, SeedOutcome outcome, long number, ImaginedFaces pairs) {
    boolean through = outcome.state().isThrough();
    become(key, outcome, through ? State.THROUGH : State.REFUSED_THEN_PAIRS);
    int generation = key.generation();
    late.put(number, generation);
    rows.putLate(generation, number);
    rows.putPairs(number, pairs);
  }

  /** Takes the earliest late seed of that generation before a number; null if there is none. */
  public @Nullable ImaginedFaces takeLateBefore(int generation, long number) {
    for (Map.Entry<Long, Integer> entry : late.headMap(number).entrySet()) {
      if (entry.getValue() == generation) {
        long taken = entry.getKey();
        ImaginedFaces pairs = rows.pairs(taken);
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
  public @Nullable ImaginedFaces pairs(SeedOutcome outcome) {
    return rows.pairs(outcome.number());
  }

  /** The frame is through; only that it was answered is kept. */
  public void spend(SeedOutcome.Key key) {
    SeedOutcome outcome = outcomes.get(key);
    if (outcome != null && !outcome.state().isThrough()) {
      boolean refused = outcome.state() == State.REFUSED;
      become(key, outcome, refused ? State.REFUSED_THROUGH : State.THROUGH);
    }
  }

  /** Lets go of outcomes that are through and for which no pairs can count as late any more. */
  public void forgetBefore(long number) {
    while (!through.isEmpty() && through.firstKey() < number) {
      SeedOutcome.Key key = through.firstEntry().getValue();
      through.remove(through.firstKey());
      outcomes.remove(key);
      rows.delete(key);
    }
  }

  /**
   * Drops all of one generation and of those before it, and pairs that nothing names, since the row
   * that did was damaged.
   */
  public void dropUpTo(int generation) {
    Iterator<Map.Entry<SeedOutcome.Key, SeedOutcome>> each = outcomes.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<SeedOutcome.Key, SeedOutcome> entry = each.next();
      if (entry.getKey().generation() <= generation) {
        unindex(entry.getValue());
        each.remove();
        SeedOutcome.Key key = entry.getKey();
        rows.delete(key);
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
    for (SeedOutcome outcome : outcomes.values()) {
      if (outcome.state() == State.PAIRS) {
        named.add(outcome.number());
      }
    }
    rows.deletePairsBut(named);
  }

  private void put(SeedOutcome.Key key, SeedOutcome outcome) {
    index(key, outcome);
    rows.put(key, outcome);
  }

  private void index(SeedOutcome.Key key, SeedOutcome outcome) {
    outcomes.put(key, outcome);
    if (outcome.state().isThrough()) {
      through.put(outcome.number(), key);
    }
    if (outcome.state() == State.PAIRS) {
      storedPairs++;
    }
  }

  private void become(SeedOutcome.Key key, SeedOutcome outcome, State state) {
    unindex(outcome);
    put(key, new SeedOutcome(outcome.number(), state));
  }

  private void unindex(SeedOutcome outcome) {
    through.remove(outcome.number());
    if (outcome.state() == State.PAIRS) {
      storedPairs--;
      rows.deletePairs(outcome.number());
    }
  }

  private void dropLate(int generation, long number) {
    late.remove(number);
    rows.deleteLate(generation, number);
    rows.deletePairs(number);
  }
}
