package io.paffmem.ingest.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class AssignmentTest {
  @Test
  void leastCost_anyCosts_isAsGoodAsTheBestOfAllAssignments() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double[][] cost = new double[1 + random.nextInt(4)][1 + random.nextInt(4)];
      for (double[] row : cost) {
        for (int j = 0; j < row.length; j++) {
          row[j] = random.nextInt(4) == 0 ? Assignment.FORBIDDEN : 1.2 * random.nextDouble();
        }
      }

      int[] assigned = Assignment.leastCost(cost);

      assertThat(total(cost, assigned))
          .as("seed %d", seed)
          .isCloseTo(best(cost, 0, new boolean[cost[0].length]), within(1e-6));
    }
  }

  @Test
  void leastCost_nobodyOrNothing_assignsNothing() {
    assertThat(Assignment.leastCost(new double[0][0])).isEmpty();
    assertThat(Assignment.leastCost(new double[2][0])).containsExactly(-1, -1);
  }

  /** What stays without a column costs what nothing costs. */
  private static double total(double[][] cost, int[] assigned) {
    boolean[] taken = new boolean[cost[0].length];
    double sum = 0;
    for (int i = 0; i < assigned.length; i++) {
      if (assigned[i] < 0) {
        sum += Assignment.NOTHING;
      } else {
        assertThat(taken[assigned[i]]).isFalse();
        taken[assigned[i]] = true;
        sum += cost[i][assigned[i]];
      }
    }
    return sum;
  }

  private static double best(double[][] cost, int row, boolean[] taken) {
    if (row == cost.length) {
      return 0;
    }
    double best = Assignment.NOTHING + best(cost, row + 1, taken);
    for (int j = 0; j < taken.length; j++) {
      if (!taken[j] && cost[row][j] < Assignment.FORBIDDEN) {
        taken[j] = true;
        best = Math.min(best, cost[row][j] + best(cost, row + 1, taken));
        taken[j] = false;
      }
    }
    return best;
  }
}
