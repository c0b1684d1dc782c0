package io.paffmem.topology;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a fresh thread takes the place of a stream thread that failed, and when. The
 * first comes at once. Each that fails soon after another waits twice as long, up to two seconds: a
 * thread that waits may hold a transaction open, which ends after six. What is away is waited for
 * without end; what is broken is given up when fresh threads failed for ten minutes. Thread-safe.
 */
final class FreshThreads {
  private static final Logger LOG = LoggerFactory.getLogger(FreshThreads.class);

  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  /** A thread that worked for so long has not failed for the same reason as the one before. */
  static final Duration QUIET = Duration.ofMinutes(1);

  /** For so long fresh threads may fail, one after another, over what is broken. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** For so long after a failure the stream counts as not working. */
  private static final Duration DOUBT = Duration.ofSeconds(10);

  private final Supplier<Optional<String>> missingTopics;
  private final LongSupplier nanoTime;
  private final LongConsumer pause;
  private final CountDownLatch stopped;

  private int inARow;
  private long lastNanos;
  private boolean broken;
  private long brokenSinceNanos;
  private long brokenLastNanos;
  private @Nullable String trouble;

  /**
   * @param missingTopics the topics that are not there now, in plain words; empty if all are, or if
   *     nobody knows
   */
  FreshThreads(Supplier<Optional<String>> missingTopics) {
    this(missingTopics, System::nanoTime, null);
  }

  /**
   * As the other.
   *
   * @param nanoTime as {@link System#nanoTime}
   * @param pause waits so many milliseconds; null to wait indeed, until {@link #stop}
   */
  FreshThreads(
      Supplier<Optional<String>> missingTopics,
      LongSupplier nanoTime,
      @Nullable LongConsumer pause) {
    this.missingTopics = missingTopics;
    this.nanoTime = nanoTime;
    this.stopped = new CountDownLatch(1);
    this.pause = pause == null ? this::await : pause;
  }

  /**
   * Whether a fresh thread is to take over; returns when it is time for that. Called by the thread
   * that failed.
   */
  boolean heals(Throwable thrown) {
    StreamFault fault = StreamFault.of(thrown);
    if (fault == StreamFault.LASTING) {
      return false;
    }
    long millis = note(fault, what(thrown));
    if (millis < 0) {
      LOG.error("Fresh threads have failed for {} min", PATIENCE.toMinutes());
      return false;
    }
    LOG.debug("A stream thread failed; another starts in {} ms", millis, thrown);
    pause.accept(millis);
    return true;
  }

  private String what(Throwable thrown) {
    Optional<Throwable> full = StreamFault.diskFull(thrown);
    if (full.isPresent()) {
      return "the disk of the state folder is full; make room, and it goes on by itself (%s)"
          .formatted(full.get().getMessage());
    }
    Throwable innermost = innermost(thrown);
    return innermost instanceof MissingSourceTopicException
        ? missingTopics.get().orElse(innermost.toString())
        : innermost.toString();
  }

  /** Why threads fail now, one after another; empty if the last worked for a while. */
  synchronized Optional<String> problem() {
    return trouble == null || nanoTime.getAsLong() - lastNanos > DOUBT.toNanos()
        ? Optional.empty()
        : Optional.of("stream threads start again and again: " + trouble);
  }

  /** Nobody waits any longer. */
  void stop() {
    stopped.countDown();
  }

  /** The pause before the next thread in milliseconds; negative if there is to be none. */
  private synchronized long note(StreamFault fault, String what) {
    long now = nanoTime.getAsLong();
    if (inARow > 0 && now - lastNanos > QUIET.toNanos()) {
      inARow = 0;
    }
    if (fault == StreamFault.BROKEN) {
      if (!broken || now - brokenLastNanos > QUIET.toNanos()) {
        broken = true;
        brokenSinceNanos = now;
      }
      brokenLastNanos = now;
      if (now - brokenSinceNanos > PATIENCE.toNanos()) {
        return -1;
      }
    }
    lastNanos = now;
    trouble = what;
    inARow++;
    if (Integer.bitCount(inARow) == 1) { // The first, second, fourth, eighth, ...
      LOG.warn("A stream thread starts again ({} in a row): {}", inARow, what);
    }
    if (inARow == 1) {
      return 0;
    }
    return Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(inARow - 2, 10));
  }

  private static Throwable innermost(Throwable thrown) {
    Throwable innermost = thrown;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
  }

  private void await(long millis) {
    try {
      var unused = stopped.await(millis, MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
