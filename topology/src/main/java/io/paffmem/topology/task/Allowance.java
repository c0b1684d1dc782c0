package io.paffmem.topology.task;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What one tick of the clock may do, so that it neither holds up the frames nor outlasts the
 * transaction that it writes in. A memory that ends counts by its rows.
 */
final class Allowance {
  static final int PERSONS = 200;
  static final long NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Some 30 full memories that end: each row is a tombstone in the store and in the changelog. */
  static final long ROWS = 20_000;

  private final LongSupplier nanos;
  private final LongSupplier rowsWritten;
  private final long begunNanos;
  private final long rowsBefore;
  private int persons;

  /**
   * Of a tick that begins now.
   *
   * @param nanos a clock that only runs forward
   * @param rowsWritten rows that the task has written so far
   */
  Allowance(LongSupplier nanos, LongSupplier rowsWritten) {
    this.nanos = nanos;
    this.rowsWritten = rowsWritten;
    this.begunNanos = nanos.getAsLong();
    this.rowsBefore = rowsWritten.getAsLong();
  }

  /** Whether there is room for one more person, who counts from now on. */
  boolean takePerson() {
    if (persons >= PERSONS
        || nanos.getAsLong() - begunNanos >= NANOS
        || rowsWritten.getAsLong() - rowsBefore >= ROWS) {
      return false;
    }
    persons++;
    return true;
  }
}
