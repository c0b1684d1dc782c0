package io.paffmem.dashboard;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the streams that are open, and lets no more in than there is room for. */
final class ReaderPlaces {
  private final int most;
  private final DashboardCounters counters;
  private final AtomicInteger taken = new AtomicInteger();

  ReaderPlaces(int most, DashboardCounters counters) {
    this.most = most;
    this.counters = counters;
  }

  /**
   * Takes a place, to be left again.
   *
   * @throws RefusedException if there is none
   */
  void take() {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      throw new RefusedException(ApiError.BUSY, most + " readers are there; ask again later");
    }
    counters.readers.increment();
  }

  void leave() {
    taken.decrementAndGet();
    counters.closedReaders.increment();
  }
}
