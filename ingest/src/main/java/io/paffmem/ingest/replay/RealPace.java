package io.paffmem.ingest.replay;

import java.util.function.LongSupplier;

final class RealPace implements Pace {
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private boolean begun;
  private long beginNanos;
  private long beginMicros;

  RealPace(LongSupplier nanoTime, Sleeper sleeper) {
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
  }

  @Override
  public void await(long timestampMicros) throws InterruptedException {
    long earlyNanos = -lateNanos(timestampMicros);
    if (earlyNanos > 0) {
      sleeper.sleep(earlyNanos);
    }
  }

  @Override
  public long lateMicros(long timestampMicros) {
    return lateNanos(timestampMicros) / 1000;
  }

  private long lateNanos(long timestampMicros) {
    long now = nanoTime.getAsLong();
    if (!begun) {
      begun = true;
      beginNanos = now;
      beginMicros = timestampMicros;
    }
    return now - (beginNanos + 1000 * (timestampMicros - beginMicros));
  }
}
