package io.paffmem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of one person, as a careful publisher sends it: numbered pictures at a steady rate,
 * one reply expected for each, and when the connection breaks a new one, on which everything is
 * sent again that was not answered. Used by one thread.
 */
public final class LoadFeed implements Callable<LoadFeed.Replies> {
  private static final Duration FOR_LAST_REPLIES = Duration.ofSeconds(60);
  private static final Duration BETWEEN_CONNECTIONS = Duration.ofMillis(100);
  private static final int MOST_UNANSWERED = 16;
  private static final long LATE_NANOS = 200_000_000;

  /**
   * What became of the pictures.
   *
   * @param sent pictures sent, those sent again included
   * @param accepted their sequences
   * @param refusals replies that refused one, by code
   * @param unanswered pictures whose connection broke before their reply
   * @param connections how often it connected
   */
  public record Replies(
      long sent, BitSet accepted, Map<String, Long> refusals, long unanswered, int connections) {
    /** Replies of every kind. */
    public long replies() {
      return sent - unanswered;
    }
  }

  private final HttpClient http;
  private final URI gateway;
  private final String token;
  private final String person;
  private final Map<String, ?> fields;
  private final List<byte[]> pictures;
  private final double rate;
  private final Duration time;

  private final BitSet accepted = new BitSet();
  private final Map<String, Long> refusals = new TreeMap<>();
  private final Deque<Integer> owed = new ArrayDeque<>();
  private final Deque<Integer> again = new ArrayDeque<>();
  private long sent;
  private long unanswered;
  private int connections;
  private long framesOfConnection;
  private @Nullable FeedClient feed;

  /**
   * @param fields more fields of {@code open}
   * @param pictures sent one after another, and again from the first
   * @param rate pictures a second; infinite for as fast as they are answered
   * @param time how long new pictures are sent
   */
  public LoadFeed(
      HttpClient http,
      URI gateway,
      String token,
      String person,
      Map<String, ?> fields,
      List<byte[]> pictures,
      double rate,
      Duration time) {
    this.http = http;
    this.gateway = gateway;
    this.token = token;
    this.person = person;
    this.fields = fields;
    this.pictures = pictures;
    this.rate = rate;
    this.time = time;
  }

  /**
   * Sends until the time is over and every picture has its reply.
   *
   * @throws IllegalStateException if a reply comes out of order, or none comes
   */
  @Override
  public Replies call() throws InterruptedException {
    long begin = System.nanoTime();
    long everyNanos = (long) (1e9 / rate);
    long dueNanos = begin;
    int next = 0;
    while (System.nanoTime() - begin < time.toNanos()) {
      long leftNanos = dueNanos - System.nanoTime();
      if (owed.size() >= MOST_UNANSWERED || leftNanos > 0) {
        take(owed.size() >= MOST_UNANSWERED ? Duration.ofMillis(5) : Duration.ofNanos(leftNanos));
      } else {
        takeAll();
        send(next++);
        // A camera does not make up for what it could not send.
        dueNanos = Math.max(dueNanos + everyNanos, System.nanoTime() - LATE_NANOS);
      }
    }
    long deadline = System.nanoTime() + FOR_LAST_REPLIES.toNanos();
    while (!owed.isEmpty() || !again.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(person + " waits for replies to " + owed);
      }
      take(Duration.ofMillis(5));
    }
    bye();
    return new Replies(sent, accepted, refusals, unanswered, connections);
  }

  private void send(int sequence) throws InterruptedException {
    again.add(sequence);
    sendAgain();
  }

  /** Sends what is to be sent, on a new connection if need be. */
  private void sendAgain() throws InterruptedException {
    FeedClient present = connected();
    while (present != null && !again.isEmpty() && owed.size() < MOST_UNANSWERED) {
      int sequence = again.remove();
      owed.add(sequence);
      sent++;
      try {
        present.send(sequence, pictures.get(sequence % pictures.size()));
      } catch (CompletionException e) {
        broken();
        return;
      }
    }
  }

  private @Nullable FeedClient connected() throws InterruptedException {
    FeedClient present = feed;
    if (present != null && present.isOver()) {
      takeAll();
      broken();
      present = null;
    }
    if (present == null) {
      try {
        present = FeedClient.open(http, gateway, token, person, fields);
        feed = present;
        framesOfConnection = 0;
        connections++;
      } catch (CompletionException e) {
        TimeUnit.NANOSECONDS.sleep(BETWEEN_CONNECTIONS.toNanos());
      }
    }
    return present;
  }

  private void broken() {
    if (feed != null) {
      feed.close();
      feed = null;
    }
    // In their order, before those that were not sent yet.
    while (!owed.isEmpty()) {
      again.addFirst(owed.removeLast());
      unanswered++;
    }
  }

  private void takeAll() throws InterruptedException {
    while (takeOne(Duration.ZERO)) {
      // Until there is no more.
    }
  }

  private void take(Duration patience) throws InterruptedException {
    if (!takeOne(patience)) {
      sendAgain();
    }
  }

  private boolean takeOne(Duration patience) throws InterruptedException {
    JsonNode reply = null;
    if (feed == null) {
      TimeUnit.NANOSECONDS.sleep(patience.toNanos());
    } else {
      reply = feed.poll(patience);
    }
    if (reply == null) {
      return false;
    }
    String type = reply.path("type").asText();
    if (type.equals("opened")) {
      return true;
    }
    if (reply.path("frame").asLong(-1) != framesOfConnection) {
      throw new IllegalStateException(
          "expected the reply to picture " + framesOfConnection + ", not " + reply);
    }
    framesOfConnection++;
    int sequence = owed.remove();
    if (type.equals("accepted") && reply.path("sequence").asLong() == sequence) {
      accepted.set(sequence);
    } else {
      refusals.merge(reply.path("code").asText(reply.toString()), 1L, Long::sum);
    }
    return true;
  }

  private void bye() throws InterruptedException {
    if (feed != null) {
      try {
        feed.say("{\"type\": \"close\"}");
        var unused = feed.poll(Duration.ofSeconds(5));
      } catch (CompletionException e) {
        // Gone already.
      }
      feed.close();
      feed = null;
    }
  }
}
