package io.paffmem.dashboard;

import java.util.concurrent.atomic.AtomicInteger;

/** Bytes that are there once, and wait for any number of readers. */
final class SharedBytes {
  private final byte[] bytes;
  private final AtomicInteger waits = new AtomicInteger();

  SharedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** For how many readers they wait, as {@link QueueBudget} counts. */
  AtomicInteger waits() {
    return waits;
  }
}
