package io.paffmem.ingest.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of pictures are held, by all feeds together, and a bound on it. Thread-safe. */
final class ByteBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  ByteBudget(long most) {
    this.most = most;
  }

  /** Whether that many more may be held, and if so counts them. */
  boolean tryHold(long bytes) {
    if (held.addAndGet(bytes) > most) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }

  long held() {
    return held.get();
  }
}
