package io.paffmem.topology.person;

import io.paffmem.topology.person.SeedOutcome.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code seeds} says of one person's frames, kept until a frame is the head of the queue, and
 * of those that asked for faces until the memory is trained on these; in a replay an answer may
 * well come before its frame.
 *
 * <p>The first record of a frame says when it has its turn. The first answer to its request counts,
 * however late it comes. The order of the topic is expressed in numbers, one for every record of
 * the person, so that what is trained when depends on the topic alone and not on what was read from
 * others in between.
 *
 * <p>In memory there are only keys and numbers; the pairs themselves are read when they are used.
 */
public final class SeedOutcomes {
  /** Kept of frames that did not come yet, beside those with pairs. */
  private static final int MOST_EARLY = 4096;

  private final PersonRows rows;
  private final Map<SeedOutcome.Key, SeedOutcome> outcomes = new HashMap<>();
  private int storedPairs;

  SeedOutcomes(PersonRows rows) {
    this.rows = rows;
  }

  /** Takes over what rows say. */
  public void restore(SeedOutcome.Key key, SeedOutcome outcome) {
    outcomes.put(key, outcome);
    storedPairs += outcome.state() == State.PAIRS ? 1 : 0;
  }

  // ---- asking

  public @Nullable SeedOutcome of(int generation, FrameKey frame) {
    return outcomes.get(new SeedOutcome.Key(generation, frame));
  }

  public int size() {
    return outcomes.size();
  }

  /** Whether a record of a frame that did not come yet would be one too many. */
  public boolean isFull(boolean withPairs, int mostPairs) {
    return withPairs ? storedPairs >= mostPairs : outcomes.size() >= MOST_EARLY;
  }

  /** The pairs of an outcome; null if their row is damaged. */
  public @Nullable ImaginedFaces pairs(SeedOutcome outcome) {
    return rows.pairs(outcome.answerNumber());
  }

  // ---- changing

  /** Keeps that a frame waits no longer. */
  public void keepRefusal(SeedOutcome.Key key, long number) {
    put(key, SeedOutcome.open(number));
  }

  /** Keeps the answer to a frame's request; null for no pairs. */
  public void keepAnswer(SeedOutcome.Key key, long number, @Nullable ImaginedFaces pairs) {
    SeedOutcome first = outcomes.get(key);
    State state = pairs == null ? State.REFUSED : State.PAIRS;
    put(key, new SeedOutcome(first == null ? number : first.number(), number, state));
    if (pairs != null) {
      rows.putPairs(number, pairs);
      storedPairs++;
    }
  }

  /** Nothing of a frame's counts any longer. */
  public void drop(SeedOutcome.Key key) {
    SeedOutcome outcome = outcomes.remove(key);
    if (outcome != null) {
      deleteRows(key, outcome);
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
        deleteRows(entry.getKey(), entry.getValue());
        each.remove();
      }
    }
    Set<Long> named = new HashSet<>();
    for (SeedOutcome outcome : outcomes.values()) {
      if (outcome.state() == State.PAIRS) {
        named.add(outcome.answerNumber());
      }
    }
    rows.deletePairsBut(named);
  }

  private void put(SeedOutcome.Key key, SeedOutcome outcome) {
    outcomes.put(key, outcome);
    rows.put(key, outcome);
  }

  private void deleteRows(SeedOutcome.Key key, SeedOutcome outcome) {
    rows.delete(key);
    if (outcome.state() == State.PAIRS) {
      rows.deletePairs(outcome.answerNumber());
      storedPairs--;
    }
  }
}
