package io.paffmem.ingest.video;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Hands pictures from the thread that decodes to the one that looks at them. A full queue keeps the
 * decoder waiting, or loses its oldest picture. Thread-safe.
 */
final class PictureQueue {
  private final Late late;
  private final int bound;
  private final ArrayDeque<Picture> waiting = new ArrayDeque<>();
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();
  private @Nullable Picture taken;
  private @Nullable String end;
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param bound pictures, megabytes each, that may wait
   */
  PictureQueue(Late late, int bound) {
    this.late = late;
    this.bound = bound;
  }

  /**
   * Puts a copy of a picture.
   *
   * @return false if nobody wants any more
   */
  synchronized boolean put(Picture picture, long index, long timestampMicros)
      throws InterruptedException {
    while (late == Late.EVERY && waiting.size() >= bound && !closed) {
      wait();
    }
    if (closed) {
      return false;
    }
    while (waiting.size() >= bound) {
      spare.add(waiting.remove().bgr());
    }
    byte[] from = picture.bgr();
    byte[] copy = spare.poll();
    if (copy == null || copy.length != from.length) {
      copy = new byte[from.length];
    }
    System.arraycopy(from, 0, copy, 0, from.length);
    waiting.add(new Picture(index, timestampMicros, picture.width(), picture.height(), copy));
    notifyAll();
    return true;
  }

  /** No more pictures come. */
  synchronized void end(String reason) {
    end = reason;
    notifyAll();
  }

  /**
   * The oldest picture that waits, valid until the next call; null if none came in time or none
   * will come.
   *
   * @throws InterruptedException if the thread is interrupted, even where a picture waits
   */
  synchronized @Nullable Picture take(Duration patience) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (taken != null) {
      spare.add(taken.bgr());
      taken = null;
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (waiting.isEmpty() && end == null) {
      long leftMillis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (leftMillis <= 0) {
        return null;
      }
      wait(leftMillis);
    }
    taken = waiting.poll();
    notifyAll();
    return taken;
  }

  /** Why no more pictures come; null if some may. */
  synchronized @Nullable String ended() {
    return end;
  }

  /** Lets the decoder go. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
