package io.paffmem.ingest.gateway;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSockets that are open, and one thread that looks after them now and then. */
final class FeedKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedKeeper.class);
  private static final int LOOKS_A_PING = 4;

  /** WebSocket's status for a server that goes away (RFC 6455, 7.4.1). */
  static final int GOING_AWAY = 1001;

  /** Connections that have no stream yet, of all addresses and of one. */
  private static final int MOST_WAITING = 256;

  private static final int MOST_WAITING_OF_ONE = 64;

  private final int most;
  private final GatewayCounters counters;
  private final Runnable refresh;

  // Guarded by itself, in the order in which they came.
  private final Set<FeedSocket> waiting = new LinkedHashSet<>();

  private final Set<FeedSocket> withStream = ConcurrentHashMap.newKeySet();
  private final Set<FeedSocket> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "gateway-keeper"));

  /**
   * @param refresh what is looked at now and then, too
   */
  FeedKeeper(GatewayConfig config, GatewayCounters counters, Runnable refresh) {
    this.refresh = refresh;
    this.most = config.limits().maxFeeds();
    this.counters = counters;
    long everyMillis = Math.max(1, config.patience().ping().toMillis() / LOOKS_A_PING);
    var unused =
        keeper.scheduleWithFixedDelay(this::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
  }

  boolean hasRoom() {
    return withStream.size() < most;
  }

  /**
   * Takes in a connection. Whoever connects and says nothing costs others no place: there are few
   * such places, the oldest gives way, and first that of the same address.
   */
  void add(FeedSocket feed) {
    open.add(feed);
    counters.feeds.increment();
    FeedSocket oldest;
    synchronized (waiting) {
      oldest = oldestInTheWay(feed.address());
      waiting.remove(oldest);
      waiting.add(feed);
    }
    if (oldest != null) {
      counters.doorRefusal(GatewayCounters.Door.CROWDED_OUT);
      oldest.makeRoom();
    }
  }

  private @Nullable FeedSocket oldestInTheWay(String address) {
    Map<String, Integer> many = new HashMap<>();
    waiting.forEach(feed -> many.merge(feed.address(), 1, Integer::sum));
    String from = address;
    if (many.getOrDefault(address, 0) < MOST_WAITING_OF_ONE) {
      if (waiting.size() < MOST_WAITING) {
        return null;
      }
      from = Collections.max(many.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
    for (FeedSocket feed : waiting) {
      if (feed.address().equals(from)) {
        return feed;
      }
    }
    return null;
  }

  /**
   * A connection opens its stream.
   *
   * @return whether there is room for another stream
   */
  boolean opened(FeedSocket feed) {
    synchronized (waiting) {
      if (!hasRoom()) {
        counters.doorRefusal(GatewayCounters.Door.NO_ROOM);
        return false;
      }
      waiting.remove(feed);
      withStream.add(feed);
      return true;
    }
  }

  void remove(FeedSocket feed) {
    withStream.remove(feed);
    synchronized (waiting) {
      waiting.remove(feed);
    }
    if (open.remove(feed)) {
      counters.closedFeeds.increment();
    }
  }

  /** Says good-bye to every feed, after the replies that are owed. */
  void goAway() {
    open.forEach(feed -> feed.closeWhenSaid(GOING_AWAY, "the gateway stops; connect again"));
  }

  /** Waits until no feed is left, or that long. */
  void awaitNone(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private void look() {
    try {
      refresh.run();
    } catch (RuntimeException e) {
      LOG.error("The tokens could not be looked at", e);
    }
    for (FeedSocket feed : open) {
      try {
        feed.look();
      } catch (RuntimeException e) {
        LOG.error("A feed could not be looked after", e);
      }
    }
  }

  @Override
  public void close() {
    keeper.shutdownNow();
  }
}
