package io.paffmem.ledger;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Latencies of however many frames, for their percentiles; these are exact to 0.1 %. */
final class Latencies {
  private final Histogram nanos = new Histogram(3);

  void add(long latencyNanos) {
    nanos.recordValue(latencyNanos);
  }

  /** Nearest-rank percentiles; null where there was no frame. */
  RunSummary.@Nullable LatencyMillis summary() {
    return nanos.getTotalCount() == 0
        ? null
        : new RunSummary.LatencyMillis(percentile(50), percentile(99));
  }

  private double percentile(int percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }
}
