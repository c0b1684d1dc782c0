package io.paffmem.operations;

import io.paffmem.start.StartException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what a process needs before it starts. */
final class Needs {
  private static final Logger LOG = LoggerFactory.getLogger(Needs.class);
  private static final long BETWEEN_LOOKS_MILLIS = 1_000;

  private final Health health;
  private final LongSupplier nanoTime;
  private final Pause pause;

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  /**
   * @param health is told what is not there
   * @param nanoTime as {@link System#nanoTime}
   */
  Needs(Health health, LongSupplier nanoTime, Pause pause) {
    this.health = health;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /** As {@link Operations#await}. */
  void await(Supplier<Optional<String>> lacking, @Nullable Duration limit) {
    long begun = nanoTime.getAsLong();
    String last = "";
    while (true) {
      Optional<String> now = lacking.get();
      if (now.isEmpty()) {
        break;
      }
      String missing = now.get();
      if (limit != null && nanoTime.getAsLong() - begun >= limit.toNanos()) {
        throw new StartException(
            "%s; --start-timeout %s is over".formatted(missing, Double.toString(seconds(limit))));
      }
      health.awaits(missing);
      if (!missing.equals(last)) {
        LOG.warn("Waits before it starts: {}", missing);
        last = missing;
      }
      try {
        pause.millis(BETWEEN_LOOKS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartException("interrupted while it waited to start: " + missing, e);
      }
    }
    health.awaits(null);
    if (!last.isEmpty()) {
      LOG.warn("Starts now: everything that it waited for is there");
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }
}
