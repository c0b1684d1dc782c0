package io.paffmem.dashboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.paffmem.dashboard.live.WriteProgress;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/**
 * One response of Server-Sent Events (WHATWG HTML, 9.2), written without a thread of its own: a
 * write that the other side does not take yet is gone on with when it does.
 */
final class EventStream implements WriteListener {
  /** So much at a time, that it shows whether the other side takes anything. */
  private static final int PIECE_BYTES = 32 * 1024;

  private static final byte[] NOTHING = {};
  private static final byte[] BEGIN = "retry: 2000\n\n".getBytes(UTF_8);

  /** A comment, which readers pass over. */
  static final byte[] PING = ":\n\n".getBytes(UTF_8);

  private final ServletContextRequest connection;
  private final ServletOutputStream out;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  // Guarded by this.
  private byte[] bytes = NOTHING;
  private int at;
  private boolean mustFlush;
  private boolean endsAfter;
  private @Nullable WriteProgress progress;

  /**
   * Begins the response.
   *
   * @throws IOException if the other side is gone
   */
  EventStream(Context request) throws IOException {
    connection = ServletContextRequest.getServletContextRequest(request.req());
    request
        .status(200)
        .contentType("text/event-stream; charset=utf-8")
        // For proxies that would gather what is to be passed on at once.
        .header("X-Accel-Buffering", "no");
    AsyncContext async = request.req().startAsync();
    async.setTimeout(0);
    request.future(() -> ended);
    out = request.res().getOutputStream();
  }

  /** Begins to write; called when everything is in place for what may be called back. */
  void begin(WriteProgress how) {
    prepare(BEGIN, how);
    // From here on the container calls, at once too; before, a write would wait for the other side.
    out.setWriteListener(this);
  }

  /** Has something done when all is written. */
  static WriteProgress atEnd(Runnable whenWritten) {
    return new WriteProgress() {
      @Override
      public void moved() {}

      @Override
      public void written() {
        whenWritten.run();
      }
    };
  }

  /** Has something done when the response is over, no matter who ended it. */
  void whenEnded(Runnable task) {
    var unused = ended.thenRun(task);
  }

  /** Writes and flushes; one write at a time. */
  void write(byte[] next, WriteProgress how) {
    prepare(next, how);
    advance();
  }

  private synchronized void prepare(byte[] next, WriteProgress how) {
    bytes = next;
    at = 0;
    mustFlush = true;
    progress = how;
  }

  /** As {@link #write}, and ends the response. */
  void writeLast(byte[] next) {
    synchronized (this) {
      endsAfter = true;
    }
    write(next, atEnd(() -> {}));
  }

  /** Ends the response, if it can be at once. */
  void end() {
    boolean isWriting;
    synchronized (this) {
      endsAfter = true;
      isWriting = progress != null;
    }
    if (!isWriting) {
      ended.complete(null);
    }
  }

  /** Ends the connection. */
  void abort() {
    breakOff(connection);
    ended.complete(null);
  }

  /** Ends the connection of a request, so that what was sent is not taken for the whole. */
  static void breakOff(Context request) {
    breakOff(ServletContextRequest.getServletContextRequest(request.req()));
  }

  private static void breakOff(ServletContextRequest request) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }

  @Override
  public void onWritePossible() {
    advance();
  }

  @Override
  public void onError(Throwable failure) {
    ended.complete(null);
  }

  private void advance() {
    WriteProgress done = null;
    boolean isOver = false;
    try {
      synchronized (this) {
        // Asking whether it is ready is what makes the container call when it is.
        while (progress != null && !ended.isDone() && out.isReady()) {
          if (at > 0) {
            progress.moved();
          }
          if (at < bytes.length) {
            int piece = Math.min(PIECE_BYTES, bytes.length - at);
            out.write(bytes, at, piece);
            at += piece;
          } else if (mustFlush) {
            mustFlush = false;
            out.flush();
          } else {
            done = progress;
            progress = null;
            // It may be large, and the next one may be long in coming.
            bytes = NOTHING;
            isOver = endsAfter;
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      ended.complete(null); // the other side is gone
      return;
    }
    if (isOver) {
      ended.complete(null);
    } else if (done != null) {
      done.written();
    }
  }
}
