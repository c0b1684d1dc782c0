package io.paffmem.dashboard.http;

import io.paffmem.dashboard.live.Chunk;
import io.paffmem.dashboard.live.EmotionMessage;
import io.paffmem.dashboard.live.EventReader;
import io.paffmem.dashboard.live.WriteProgress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that reads events, each a text message. What it sends itself is passed over.
 *
 * <p>Public for Jetty, which calls it by reflection; nobody else can make one.
 */
public final class EmotionSocket implements Session.Listener.AutoDemanding, EventReader.Line {
  private static final int GOING_AWAY = 1001;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final ByteBuffer NO_PAYLOAD = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Consumer<EmotionSocket> whenOpen;
  private final Consumer<EmotionSocket> whenClosed;
  private volatile @Nullable Session session;

  /**
   * @param whenOpen makes it a reader, or refuses it
   * @param whenClosed called once, also of one that was refused
   */
  EmotionSocket(Consumer<EmotionSocket> whenOpen, Consumer<EmotionSocket> whenClosed) {
    this.whenOpen = whenOpen;
    this.whenClosed = whenClosed;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    try {
      whenOpen.accept(this);
    } catch (RefusedException e) {
      close(TRY_AGAIN_LATER, e.explanation());
    }
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    whenClosed.accept(this);
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // A connection that breaks; its close is reported too.
  }

  @Override
  public void write(List<Chunk> chunks, WriteProgress progress) {
    Session present = session;
    if (present == null) {
      return;
    }
    int messages = 0;
    for (Chunk chunk : chunks) {
      messages += chunk.messages().size();
    }
    AtomicInteger open = new AtomicInteger(messages);
    Callback one =
        Callback.from(
            () -> {
              if (open.decrementAndGet() == 0) {
                progress.written();
              } else {
                progress.moved();
              }
            },
            failure -> present.disconnect());
    // Jetty gathers what comes while it writes, so many messages are few writes.
    for (Chunk chunk : chunks) {
      for (EmotionMessage message : chunk.messages()) {
        present.sendText(message.text(), one);
      }
    }
  }

  @Override
  public void ping(WriteProgress progress) {
    Session present = session;
    if (present != null) {
      present.sendPing(
          NO_PAYLOAD.slice(), Callback.from(progress::written, failure -> present.disconnect()));
    }
  }

  @Override
  public void drop() {
    close(TRY_AGAIN_LATER, Slow.MESSAGE);
  }

  @Override
  public void end() {
    close(GOING_AWAY, "the dashboard stops; connect again");
  }

  private void close(int status, String reason) {
    Session present = session;
    if (present != null) {
      present.close(status, reason, Callback.NOOP);
    }
  }

  @Override
  public void abort() {
    Session present = session;
    if (present != null) {
      present.disconnect();
    }
  }
}
