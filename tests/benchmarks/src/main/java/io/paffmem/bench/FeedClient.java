package io.paffmem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A feed as others would write one: the JDK's WebSocket and JSON, nothing of the gateway. One
 * thread sends, another may take the replies.
 */
public final class FeedClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);

  private final BlockingQueue<JsonNode> replies = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private FeedClient(HttpClient http, URI gateway) {
    socket =
        http.newWebSocketBuilder()
            .connectTimeout(TO_CONNECT)
            .buildAsync(gateway.resolve("/v1/feed"), new Listener())
            .join();
  }

  /**
   * Connects.
   *
   * @param gateway {@code ws://HOST:PORT}
   * @throws CompletionException if it does not answer
   */
  public static FeedClient connect(HttpClient http, URI gateway) {
    return new FeedClient(http, gateway);
  }

  /** Connects and opens a stream; fields are added to those of {@code open}. */
  public static FeedClient open(
      HttpClient http, URI gateway, String token, String person, Map<String, ?> fields) {
    FeedClient feed = connect(http, gateway);
    var open = JSON.createObjectNode();
    open.put("type", "open").put("token", token).put("person", person).put("stream", "stream");
    fields.forEach(open::putPOJO);
    feed.say(open.toString());
    return feed;
  }

  /**
   * Sends a text.
   *
   * @throws CompletionException if the connection is gone
   */
  public void say(String text) {
    socket.sendText(text, true).join();
  }

  /**
   * Sends a picture.
   *
   * @throws CompletionException if the connection is gone
   */
  public void send(byte[] picture) {
    socket.sendBinary(ByteBuffer.wrap(picture), true).join();
  }

  /** Sends a picture with a number of its own. */
  public void send(long sequence, byte[] picture) {
    say("{\"type\": \"frame\", \"sequence\": %d}".formatted(sequence));
    send(picture);
  }

  /** The next reply; null if none comes within that time. */
  public @Nullable JsonNode poll(Duration patience) throws InterruptedException {
    return replies.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The next reply.
   *
   * @throws IllegalStateException if none comes within that time
   */
  public JsonNode next(Duration patience) throws InterruptedException {
    JsonNode reply = poll(patience);
    if (reply == null) {
      throw new IllegalStateException("no reply within " + patience);
    }
    return reply;
  }

  /**
   * The status with which the gateway closed; -1 if the connection broke.
   *
   * @throws TimeoutException if it is open for longer than that
   */
  public int awaitClosed(Duration patience) throws InterruptedException, TimeoutException {
    try {
      return closed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed with a failure", e);
    }
  }

  /** Whether the connection is over, no matter who ended it. */
  public boolean isOver() {
    return closed.isDone();
  }

  /** Breaks the connection, without a good-bye. */
  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          replies.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete(-1);
    }
  }
}
