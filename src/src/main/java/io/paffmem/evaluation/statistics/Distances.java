package io.paffmem.evaluation.statistics;

import java.util.Arrays;

/** Squared distances, and their median. */
public final class Distances {
  private float[] values = new float[1024];
  private int size;

  /** Squared Euclidean distance of row i of a and row j of b. */
  public static double squared(float[] a, int i, float[] b, int j, int dimensions) {
    double sum = 0;
    int atA = i * dimensions;
    int atB = j * dimensions;
    for (int k = 0; k < dimensions; k++) {
      double difference = a[atA + k] - b[atB + k];
      sum += difference * difference;
    }
    return sum;
  }

  public void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = (float) value;
  }

  public int size() {
    return size;
  }

  public double mean() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum / size;
  }

  /** In ascending order. */
  public float[] sorted() {
    float[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Mean of the two in the middle of an even number; there must be one at least. */
  public double median() {
    float[] sorted = sorted();
    return (sorted[(size - 1) / 2] + (double) sorted[size / 2]) / 2;
  }
}
