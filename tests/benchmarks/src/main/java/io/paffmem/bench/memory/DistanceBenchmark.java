package io.paffmem.bench.memory;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Squared distances of a face to all neurons, in layouts that give the same bits: why the memory
 * keeps one array a dimension and takes two at once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class DistanceBenchmark {
  private static final int DIMENSIONS = 50;

  @Param("512")
  private int neurons;

  private final float[] x = new float[DIMENSIONS];
  private final float[][] columns = new float[DIMENSIONS][];
  private float[] rows;
  private float[] flatColumns;
  private float[] sums;

  /** Any numbers will do. */
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    rows = new float[neurons * DIMENSIONS];
    flatColumns = new float[neurons * DIMENSIONS];
    sums = new float[neurons];
    for (int d = 0; d < DIMENSIONS; d++) {
      x[d] = (float) random.nextDouble();
      columns[d] = new float[neurons];
      for (int i = 0; i < neurons; i++) {
        float w = (float) random.nextDouble();
        rows[i * DIMENSIONS + d] = w;
        flatColumns[d * neurons + i] = w;
        columns[d][i] = w;
      }
    }
  }

  /** One row a neuron, as the memory had it: the additions wait for one another. */
  @Benchmark
  public float[] rows() {
    for (int i = 0; i < neurons; i++) {
      sums[i] = row(rows, i * DIMENSIONS, x);
    }
    return sums;
  }

  private static float row(float[] w, int start, float[] x) {
    float sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      float difference = x[d] - w[start + d];
      sum += difference * difference;
    }
    return sum;
  }

  /** One flat array, dimension by dimension: an offset in the index. */
  @Benchmark
  public float[] flatColumns() {
    Arrays.fill(sums, 0);
    for (int d = 0; d < DIMENSIONS; d++) {
      addFlat(flatColumns, d * neurons, x[d], neurons, sums);
    }
    return sums;
  }

  private static void addFlat(float[] w, int start, float xw, int end, float[] into) {
    for (int i = 0; i < end; i++) {
      float dw = xw - w[start + i];
      into[i] += dw * dw;
    }
  }

  /** An array a dimension, one at a time. */
  @Benchmark
  public float[] columns() {
    Arrays.fill(sums, 0);
    for (int d = 0; d < DIMENSIONS; d++) {
      add(columns[d], x[d], neurons, sums);
    }
    return sums;
  }

  private static void add(float[] w, float xw, int end, float[] into) {
    for (int i = 0; i < end; i++) {
      float dw = xw - w[i];
      into[i] += dw * dw;
    }
  }

  /** An array a dimension, two at a time, as the memory has it. */
  @Benchmark
  public float[] columnsByTwo() {
    Arrays.fill(sums, 0);
    for (int d = 0; d < DIMENSIONS; d += 2) {
      add(columns[d], x[d], columns[d + 1], x[d + 1], neurons, sums);
    }
    return sums;
  }

  private static void add(float[] v, float xv, float[] w, float xw, int end, float[] into) {
    for (int i = 0; i < end; i++) {
      float dv = xv - v[i];
      float dw = xw - w[i];
      into[i] = into[i] + dv * dv + dw * dw;
    }
  }
}
