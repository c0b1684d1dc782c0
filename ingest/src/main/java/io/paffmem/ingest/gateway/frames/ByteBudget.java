package io.paffmem.ingest.gateway.frames;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of pictures are held, by all feeds together, and a bound on it. Thread-safe. */
public final class ByteBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param most bytes held at once
   */
  public ByteBudget(long most) {
    this.most = most;
  }

  /** Whether that many more may be held, and if so counts them. */
  public boolean tryHold(long bytes) {
    if (held.addAndGet(bytes) > most) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** That many are held no more. */
  public void release(long bytes) {
    held.addAndGet(-bytes);
  }

  /** Bytes held now. */
  public long held() {
    return held.get();
  }
}
