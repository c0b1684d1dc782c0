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
    long now = nanoTime.getAsLong();
    if (!begun) {
      begun = true;
      beginNanos = now;
      beginMicros = timestampMicros;
    }
    long dueNanos = beginNanos + 1000 * (timestampMicros - beginMicros);
    if (dueNanos - now > 0) {
      sleeper.sleep(dueNanos - now);
    }
  }
}
