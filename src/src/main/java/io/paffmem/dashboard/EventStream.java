package io.paffmem.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
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
  private static final byte[] BEGIN = "retry: 2000\n\n".getBytes(UTF_8);

  /** A comment, which readers pass over. */
  static final byte[] PING = ":\n\n".getBytes(UTF_8);

  private final ServletContextRequest connection;
  private final ServletOutputStream out;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  // Guarded by this.
  private byte @Nullable [] bytes;
  private boolean mustFlush;
  private boolean endsAfter;
  private @Nullable Runnable written;

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
  void begin(Runnable whenWritten) {
    write(BEGIN, whenWritten);
    out.setWriteListener(this);
  }

  /** Has something done when the response is over, whoever ended it. */
  void whenEnded(Runnable task) {
    var unused = ended.thenRun(task);
  }

  /**
   * Writes and flushes; one write at a time.
   *
   * @param whenWritten called when the next may come
   */
  void write(byte[] next, Runnable whenWritten) {
    synchronized (this) {
      bytes = next;
      mustFlush = true;
      written = whenWritten;
    }
    advance();
  }

  /** As {@link #write}, and ends the response. */
  void writeLast(byte[] next) {
    synchronized (this) {
      endsAfter = true;
    }
    write(next, () -> {});
  }

  /** Ends the response, if it can be at once. */
  void end() {
    boolean isWriting;
    synchronized (this) {
      endsAfter = true;
      isWriting = written != null;
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
    Runnable next = null;
    boolean isOver = false;
    try {
      synchronized (this) {
        // Asking whether it is ready is what makes the container call when it is.
        while (written != null && !ended.isDone() && out.isReady()) {
          byte[] now = bytes;
          if (now != null) {
            bytes = null;
            out.write(now);
          } else if (mustFlush) {
            mustFlush = false;
            out.flush();
          } else {
            next = written;
            written = null;
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
    } else if (next != null) {
      next.run();
    }
  }
}
