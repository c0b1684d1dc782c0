package io.paffmem.dashboard.live;

import java.util.concurrent.atomic.LongAdder;

/** Counted where it happens, and nowhere else. */
public final class DashboardCounters {
  final LongAdder events = new LongAdder();
  final LongAdder historyEvents = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder written = new LongAdder();
  public final LongAdder readers = new LongAdder();
  public final LongAdder closedReaders = new LongAdder();
  public final LongAdder slowReaders = new LongAdder();
  final LongAdder forgotten = new LongAdder();
  public final LongAdder exports = new LongAdder();

  public DashboardCounts counts(long people, long historyPoints) {
    long closed = closedReaders.sum();
    long opened = readers.sum();
    return new DashboardCounts(
        events.sum(),
        historyEvents.sum(),
        malformed.sum(),
        sent.sum(),
        written.sum(),
        opened,
        opened - closed,
        slowReaders.sum(),
        people,
        historyPoints,
        forgotten.sum(),
        exports.sum());
  }
}
