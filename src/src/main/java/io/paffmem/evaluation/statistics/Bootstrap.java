package io.paffmem.evaluation.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Intervals over people: the data set is drawn again, person by person with replacement, and the
 * figure computed again (Efron 1979, percentile interval). Pictures of one person resemble each
 * other, so drawing pictures would promise too much.
 */
public final class Bootstrap {
  private static final int DRAWS = 1000;
  private static final double TAIL = 0.025;

  private final int people;
  private final long seed;

  public Bootstrap(int people, long seed) {
    this.people = people;
    this.seed = seed;
  }

  /**
   * The 95 % interval.
   *
   * @param figure of how often each person was drawn; NaN where it does not exist
   * @return null with fewer than two people, or if the figure seldom exists
   */
  public @Nullable Interval of(ToDoubleFunction<int[]> figure) {
    if (people < 2) {
      return null;
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] figures = new double[DRAWS];
    int found = 0;
    int[] times = new int[people];
    for (int draw = 0; draw < DRAWS; draw++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < people; i++) {
        times[random.nextInt(people)]++;
      }
      double value = figure.applyAsDouble(times);
      if (!Double.isNaN(value)) {
        figures[found++] = value;
      }
    }
    if (found < DRAWS / 2) {
      return null;
    }
    Arrays.sort(figures, 0, found);
    int tail = (int) (TAIL * found);
    return new Interval(figures[tail], figures[found - 1 - tail]);
  }

  /** Null for a figure that does not exist. */
  public static @Nullable Double orNull(OptionalDouble figure) {
    return figure.isPresent() ? figure.getAsDouble() : null;
  }

  /** Null for a figure that does not exist. */
  public static @Nullable Double orNull(double figure) {
    return Double.isNaN(figure) ? null : figure;
  }
}
