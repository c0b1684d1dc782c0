package io.paffmem.pipeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Latencies of many frames, for their percentiles; exact, 8 bytes a frame. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  void add(long latencyNanos) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = latencyNanos;
  }

  /** Nearest-rank percentiles; null where there was no frame. */
  RunSummary.@Nullable LatencyMillis summary() {
    if (count == 0) {
      return null;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return new RunSummary.LatencyMillis(percentile(sorted, 50), percentile(sorted, 99));
  }

  private static double percentile(long[] sorted, int percent) {
    // In whole numbers: 0.99 times a count may come out above the whole number it should be.
    int rank = (int) (((long) percent * sorted.length + 99) / 100);
    return sorted[rank - 1] / 1e6;
  }
}
