package io.paffmem.training;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long a run trains, steps before a resumption included: whichever comes first. The learning
 * rate follows the part that is spent, so with a time in it the rates, and with them the losses,
 * depend on the machine's speed; with steps alone they do not.
 *
 * @param steps at least 1; empty for no limit
 * @param time above 0, validation and checkpoints included; empty for no limit
 */
public record TrainingBudget(OptionalLong steps, Optional<Duration> time) {

  public TrainingBudget {
    if (steps.isEmpty() && time.isEmpty()) {
      throw new IllegalArgumentException("a budget needs steps or a time");
    }
    if (steps.isPresent() && steps.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "the budget is " + steps.getAsLong() + " steps, must be at least 1");
    }
    if (time.isPresent() && (time.get().isNegative() || time.get().isZero())) {
      throw new IllegalArgumentException("the budget is " + time.get() + ", must be above 0");
    }
  }

  /** So many steps, however long they take. */
  public static TrainingBudget ofSteps(long steps) {
    return new TrainingBudget(OptionalLong.of(steps), Optional.empty());
  }

  /** So much time, however many steps fit into it. */
  public static TrainingBudget ofTime(Duration time) {
    return new TrainingBudget(OptionalLong.empty(), Optional.of(time));
  }

  /** The part that is spent: from 0, and 1 or more when it is used up. */
  public double spent(long stepsMade, long nanosTrained) {
    double ofSteps = steps.isPresent() ? (double) stepsMade / steps.getAsLong() : 0;
    double ofTime = time.isPresent() ? (double) nanosTrained / time.get().toNanos() : 0;
    return Math.max(ofSteps, ofTime);
  }
}
