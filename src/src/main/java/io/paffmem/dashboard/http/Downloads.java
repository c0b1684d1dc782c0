package io.paffmem.dashboard.http;

import io.javalin.http.Context;
import io.paffmem.dashboard.live.DashboardCounters;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that may be long. Each is written by the thread that serves it, so there are few at once,
 * and one that is taken too slowly is broken off. Thread-safe.
 */
public final class Downloads {
  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

  /** So much at a time, that it shows how fast it is taken. */
  private static final int PIECE_BYTES = 32 * 1024;

  private final String name;
  private final int most;
  private final LongSupplier nanoTime;
  private final DashboardCounters counters;
  private final Semaphore places;
  private final Set<Download> underWay = ConcurrentHashMap.newKeySet();

  /** What is written. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param name of many of them, for those who come when all places are taken
   * @param most at once
   */
  public Downloads(String name, int most, LongSupplier nanoTime, DashboardCounters counters) {
    this.name = name;
    this.most = most;
    this.nanoTime = nanoTime;
    this.counters = counters;
    this.places = new Semaphore(most);
  }

  /**
   * Answers a request, and returns when all is written, or the other side is gone.
   *
   * @throws RefusedException if there is no place
   */
  void answer(Context request, Body body) {
    try {
      write(request.outputStream(), () -> EventStream.breakOff(request), body);
    } catch (IOException e) {
      LOG.debug("The one who asked for one of the {} is gone", name, e);
    } catch (RuntimeException e) {
      if (!request.res().isCommitted()) {
        throw e;
      }
      LOG.warn("One of the {} broke off: {}", name, e.toString());
      EventStream.breakOff(request);
    }
  }

  /**
   * Writes to somebody.
   *
   * @param breakOff ends the connection, also of a write that waits
   * @throws IOException if the other side is gone, or was too slow
   */
  void write(OutputStream out, Runnable breakOff, Body body) throws IOException {
    if (!places.tryAcquire()) {
      throw new RefusedException(
          ApiError.BUSY, "%d %s are under way; ask again".formatted(most, name));
    }
    Download download = new Download(out, new LeastPace(nanoTime), breakOff);
    underWay.add(download);
    try {
      body.writeTo(download);
    } finally {
      underWay.remove(download);
      places.release();
    }
  }

  /**
   * Breaks off what is taken too slowly; called now and then, by one thread.
   *
   * @param mostBehindNanos how far behind the least pace one may be
   */
  public void look(long mostBehindNanos) {
    for (Download download : underWay) {
      if (!download.isBrokenOff && download.pace.behindNanos() > mostBehindNanos) {
        download.isBrokenOff = true;
        counters.slowReaders.increment();
        download.breakOff.run();
      }
    }
  }

  /** One of them, as what it is written to. */
  private static final class Download extends FilterOutputStream {
    private final LeastPace pace;
    private final Runnable breakOff;

    /** Used by the thread that looks alone. */
    private boolean isBrokenOff;

    Download(OutputStream out, LeastPace pace, Runnable breakOff) {
      super(out);
      this.pace = pace;
      this.breakOff = breakOff;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int at = 0; at < length; at += PIECE_BYTES) {
        int piece = Math.min(PIECE_BYTES, length - at);
        pace.begin();
        try {
          out.write(bytes, offset + at, piece);
        } finally {
          pace.end(piece);
        }
      }
    }

    @Override
    public void flush() throws IOException {
      pace.begin();
      try {
        out.flush();
      } finally {
        pace.end(0);
      }
    }
  }
}
