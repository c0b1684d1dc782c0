package io.paffmem.dashboard;

import io.paffmem.ingest.access.Grant;
import java.util.function.LongSupplier;

/**
 * One who reads the list of people. Of updates that come while it is being written to, it gets the
 * sum, so it needs no queue.
 */
final class PeopleReader implements WriteProgress {
  private final EventStream stream;
  private final Grant grant;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private boolean writing = true;
  private long sinceNanos;

  /** Used by the updates' thread alone. */
  private long seen = -1;

  PeopleReader(EventStream stream, Grant grant, LongSupplier nanoTime) {
    this.stream = stream;
    this.grant = grant;
    this.nanoTime = nanoTime;
    this.sinceNanos = nanoTime.getAsLong();
  }

  Grant grant() {
    return grant;
  }

  EventStream stream() {
    return stream;
  }

  /** The update that it saw last; -1 before the first. */
  long seen() {
    return seen;
  }

  @Override
  public synchronized void moved() {
    sinceNanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized void written() {
    writing = false;
    sinceNanos = nanoTime.getAsLong();
  }

  synchronized boolean isWriting() {
    return writing;
  }

  /** For how long nothing was written, or nothing of the write under way was taken. */
  synchronized long nanos() {
    return nanoTime.getAsLong() - sinceNanos;
  }

  /**
   * Writes an update.
   *
   * @param change that it has seen then
   */
  void write(byte[] update, long change) {
    seen = change;
    write(update);
  }

  /** There was nothing to tell. */
  void see(long change) {
    seen = change;
  }

  private void write(byte[] bytes) {
    synchronized (this) {
      writing = true;
      sinceNanos = nanoTime.getAsLong();
    }
    stream.write(bytes, this);
  }
}
