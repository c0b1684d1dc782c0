package io.paffmem.evaluation.statistics;

import java.util.Arrays;

/** The median of groups of distances, each group with a weight of its own. */
public final class WeightedMedian {
  private float[] values = new float[1024];
  private float[] weights = new float[1024];
  private int size;

  /** Adds a group; each of its distances has an equal part of the weight. */
  public void add(Distances group, double weight) {
    int more = group.size();
    if (size + more > values.length) {
      values = Arrays.copyOf(values, 2 * (size + more));
      weights = Arrays.copyOf(weights, values.length);
    }
    System.arraycopy(group.sorted(), 0, values, size, more);
    Arrays.fill(weights, size, size + more, (float) (weight / more));
    size += more;
  }

  /** The distance with half of the weight at or below it; NaN if there is none. */
  public double value() {
    // Distances are not negative, so their bits are in their order; the index rides below.
    long[] order = new long[size];
    double total = 0;
    for (int i = 0; i < size; i++) {
      order[i] = (long) Float.floatToIntBits(values[i]) << 32 | i;
      total += weights[i];
    }
    Arrays.sort(order);
    double sum = 0;
    for (long entry : order) {
      int i = (int) entry;
      sum += weights[i];
      if (sum >= total / 2) {
        return values[i];
      }
    }
    return Double.NaN;
  }
}
