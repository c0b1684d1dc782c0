package io.paffmem.dashboard.http;

import io.javalin.http.Context;
import io.paffmem.dashboard.live.DashboardCounters;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the streams that are open, and lets no more in than there is room for. */
public final class ReaderPlaces {
  private final int most;
  private final DashboardCounters counters;
  private final AtomicInteger taken = new AtomicInteger();

  public ReaderPlaces(int most, DashboardCounters counters) {
    this.most = most;
    this.counters = counters;
  }

  /**
   * Looks whether there is a place.
   *
   * @throws RefusedException if there is none
   */
  void check() {
    if (taken.get() >= most) {
      throw noPlace();
    }
  }

  private RefusedException noPlace() {
    return new RefusedException(ApiError.BUSY, most + " readers are there; ask again later");
  }

  /**
   * Takes a place, to be left again.
   *
   * @throws RefusedException if there is none
   */
  void take() {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      throw noPlace();
    }
    counters.readers.increment();
  }

  /**
   * Takes a place for a stream of events, which leaves it when it ends.
   *
   * @throws RefusedException if there is none
   * @throws IOException if the other side is gone
   */
  EventStream open(Context request) throws IOException {
    take();
    EventStream stream;
    try {
      stream = new EventStream(request);
    } catch (IOException | RuntimeException e) {
      leave();
      throw e;
    }
    stream.whenEnded(this::leave);
    return stream;
  }

  void leave() {
    taken.decrementAndGet();
    counters.closedReaders.increment();
  }
}
