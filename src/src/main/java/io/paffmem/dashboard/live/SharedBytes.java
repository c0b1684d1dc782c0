package io.paffmem.dashboard.live;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Bytes that are there once, and wait for any number of readers. */
public final class SharedBytes {
  private final byte[] bytes;
  private final AtomicInteger waits = new AtomicInteger();

  public SharedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** One after another; of one, itself. */
  public static byte[] joined(List<byte[]> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** For how many readers they wait, as {@link QueueBudget} counts. */
  AtomicInteger waits() {
    return waits;
  }
}
