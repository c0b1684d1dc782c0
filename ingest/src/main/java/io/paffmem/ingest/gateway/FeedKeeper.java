package io.paffmem.ingest.gateway;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSockets that are open, and one thread that looks after them now and then. */
final class FeedKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedKeeper.class);
  private static final int LOOKS_A_PING = 4;

  /** WebSocket's status for a server that goes away (RFC 6455, 7.4.1). */
  static final int GOING_AWAY = 1001;

  private final int most;
  private final GatewayCounters counters;
  private final Set<FeedSocket> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "gateway-keeper"));

  FeedKeeper(GatewayConfig config, GatewayCounters counters) {
    this.most = config.limits().maxFeeds();
    this.counters = counters;
    long everyMillis = Math.max(1, config.patience().ping().toMillis() / LOOKS_A_PING);
    var unused =
        keeper.scheduleWithFixedDelay(this::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
  }

  boolean hasRoom() {
    return open.size() < most;
  }

  void add(FeedSocket feed) {
    open.add(feed);
    counters.feeds.increment();
  }

  void remove(FeedSocket feed) {
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
