package io.paffmem.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker every two seconds for a topic, and remembers whether it answered. */
public final class BrokerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Admin admin;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "broker-watch"));
  private final String topic;
  private volatile @Nullable String problem = "the broker was not asked yet";
  private boolean answered = true;

  /**
   * Begins to ask.
   *
   * @param client settings of Kafka's client
   */
  public BrokerWatch(Map<String, ?> client, String topic) {
    this.topic = topic;
    admin = Admin.create(Map.copyOf(client));
    var unused =
        looker.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why it gave no account of the topic at the last look; empty if it did. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void look() {
    String found = ask();
    if (found == null && !answered) {
      LOG.warn("The broker answers again");
    } else if (found != null && answered && !looker.isShutdown()) {
      LOG.warn("The broker gives no account of the topic {} ({})", topic, found);
    }
    answered = found == null;
    problem =
        found == null
            ? null
            : "the broker gives no account of the topic " + topic + " (" + found + ")";
  }

  /** Why the topic is not there; null if it is. */
  private @Nullable String ask() {
    try {
      var patience = new DescribeTopicsOptions().timeoutMs((int) EVERY.toMillis());
      var unused = admin.describeTopics(List.of(topic), patience).allTopicNames().get();
      return null;
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  @Override
  public void close() {
    looker.shutdownNow();
    admin.close(Duration.ZERO);
  }
}
