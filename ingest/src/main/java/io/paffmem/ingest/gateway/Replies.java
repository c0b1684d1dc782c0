package io.paffmem.ingest.gateway;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is said to one feed, in the order of what it said: a place is kept when a message comes and
 * filled when its answer is known. One write at a time, so a feed that does not read leaves answers
 * here, where they are counted, and not in the server's buffers. Thread-safe.
 */
final class Replies {
  /** The other side. */
  interface Line {
    /** Begins to send; exactly one of both is called when that is done, by any thread. */
    void send(String text, Runnable sent, Runnable failed);

    void close(int status, String reason);
  }

  /** The place of one answer. */
  static final class Place {
    private @Nullable Supplier<String> text;
  }

  private record Closing(int status, String reason) {}

  private final Line line;
  private final LongSupplier nanoTime;
  private final Runnable whenSent;
  private final Queue<Place> places = new ArrayDeque<>();
  private @Nullable Closing closing;
  private boolean dead;
  private boolean writing;
  private long writingSinceNanos;
  private boolean insideSend;
  private boolean sentInside;

  /**
   * @param whenSent called after each answer that went out
   */
  Replies(Line line, LongSupplier nanoTime, Runnable whenSent) {
    this.line = line;
    this.nanoTime = nanoTime;
    this.whenSent = whenSent;
  }

  synchronized Place keepPlace() {
    Place place = new Place();
    if (!dead) {
      places.add(place);
    }
    return place;
  }

  /**
   * Gives a place its answer.
   *
   * @param text asked for when everything before it is on its way
   */
  void fill(Place place, Supplier<String> text) {
    synchronized (this) {
      place.text = text;
    }
    send();
  }

  /** An answer that is known at once, after those before it. */
  void say(Supplier<String> text) {
    fill(keepPlace(), text);
  }

  /** Closes the line once everything is said; the first one to ask decides how. */
  void closeWhenSaid(int status, String reason) {
    synchronized (this) {
      if (closing == null) {
        closing = new Closing(status, reason);
      }
    }
    send();
  }

  /** Answers that are owed. */
  synchronized int owed() {
    return places.size() + (writing ? 1 : 0);
  }

  /** For how long the present write has been waiting for the other side to read; 0 if none has. */
  synchronized long stuckNanos() {
    return writing ? nanoTime.getAsLong() - writingSinceNanos : 0;
  }

  private void send() {
    while (true) {
      Supplier<String> text;
      synchronized (this) {
        if (dead || writing) {
          return;
        }
        Place first = places.peek();
        if (first == null && closing != null) {
          dead = true;
          text = null;
        } else if (first == null || first.text == null) {
          return;
        } else {
          text = first.text;
          places.remove();
          writing = true;
          writingSinceNanos = nanoTime.getAsLong();
          insideSend = true;
          sentInside = false;
        }
      }
      if (text == null) {
        close();
        return;
      }
      line.send(text.get(), this::sent, this::failed);
      synchronized (this) {
        insideSend = false;
        if (!sentInside) {
          return;
        }
        writing = false;
      }
      whenSent.run();
    }
  }

  /** A write that is done before send returns is taken up by its loop: no recursion. */
  private void sent() {
    synchronized (this) {
      if (insideSend) {
        sentInside = true;
        return;
      }
      writing = false;
    }
    whenSent.run();
    send();
  }

  private void close() {
    Closing how;
    synchronized (this) {
      how = closing;
    }
    if (how != null) {
      line.close(how.status(), how.reason());
    }
  }

  /** The other side is gone: nothing is said any more. */
  void failed() {
    synchronized (this) {
      dead = true;
      places.clear();
    }
  }
}
