package io.paffmem.ingest.people;

import java.util.Arrays;

/** Who gets what, so that the sum of the costs is least. */
final class Assignment {
  /** What may not be. */
  static final double FORBIDDEN = 1e6;

  /** Rather nothing than what costs more; 1 is a face as far off and as unlike as may be. */
  static final double NOTHING = 0.9;

  private static final int NONE = -1;

  private Assignment() {}

  /**
   * The Hungarian method with potentials, rows one after another; O(rows^2 columns).
   *
   * @param cost [rows][columns], each 0 to 1, or {@link #FORBIDDEN}
   * @return [rows] the column of each row, -1 where it gets none
   */
  static int[] leastCost(double[][] cost) {
    int rows = cost.length;
    int columns = rows == 0 ? 0 : cost[0].length;
    // Rows may stay without a column: each has one of its own.
    int wide = columns + rows;
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[wide + 1];
    int[] rowOf = new int[wide + 1];
    int[] from = new int[wide + 1];
    for (int row = 1; row <= rows; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] least = new double[wide + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      boolean[] used = new boolean[wide + 1];
      do {
        used[column] = true;
        int current = rowOf[column];
        double delta = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int j = 1; j <= wide; j++) {
          if (!used[j]) {
            double reduced =
                cost(cost, current - 1, j - 1, columns)
                    - rowPotential[current]
                    - columnPotential[j];
            if (reduced < least[j]) {
              least[j] = reduced;
              from[j] = column;
            }
            if (least[j] < delta) {
              delta = least[j];
              next = j;
            }
          }
        }
        for (int j = 0; j <= wide; j++) {
          if (used[j]) {
            rowPotential[rowOf[j]] += delta;
            columnPotential[j] -= delta;
          } else {
            least[j] -= delta;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      do {
        int before = from[column];
        rowOf[column] = rowOf[before];
        column = before;
      } while (column != 0);
    }
    int[] assigned = new int[rows];
    Arrays.fill(assigned, NONE);
    for (int j = 1; j <= columns; j++) {
      int row = rowOf[j] - 1;
      if (row >= 0 && cost[row][j - 1] < FORBIDDEN) {
        assigned[row] = j - 1;
      }
    }
    return assigned;
  }

  private static double cost(double[][] cost, int row, int column, int columns) {
    return column < columns ? cost[row][column] : NOTHING;
  }
}
