package io.paffmem.topology.task;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets questions from outside in between two records of a task. The stream's thread takes a turn
 * for a record or a tick of the clock, a question takes one between two of these; so it sees whole
 * frames, and the frames wait for one question at most.
 *
 * <p>Questions come one at a time, and rest after each, for {@value #RESTS} times as long as it
 * took and two milliseconds at least: however many ask, frames have nine tenths of the task.
 * Thread-safe.
 */
public final class Turns {
  private static final int RESTS = 9;

  /** Handing a turn over and back costs the stream's thread more than copying a memory does. */
  private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** A newcomer's training takes some ten milliseconds; a broker that is away, for ever. */
  private static final long PATIENCE_MILLIS = 2_000;

  /** Fair: otherwise a busy task would take its next turn before a question has woken up. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private final ReentrantLock asking = new ReentrantLock(true);

  /** When the next question may have a turn. */
  private long restsUntilNanos = System.nanoTime();

  /** A turn of the stream's thread. */
  public void work(Runnable work) {
    turn.lock();
    try {
      work.run();
    } finally {
      turn.unlock();
    }
  }

  /** A turn of somebody else; empty if none came up in good time. */
  public <T> Optional<T> ask(Supplier<T> question) {
    try {
      if (!asking.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      try {
        LockSupport.parkNanos(restsUntilNanos - System.nanoTime());
        return turn.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            ? Optional.of(answer(question))
            : Optional.empty();
      } finally {
        asking.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private <T> T answer(Supplier<T> question) {
    long begun = System.nanoTime();
    try {
      return question.get();
    } finally {
      turn.unlock();
      long now = System.nanoTime();
      long rest = Math.max(SHORTEST_REST_NANOS, RESTS * (now - begun));
      restsUntilNanos = now + Math.min(LONGEST_REST_NANOS, rest);
    }
  }
}
