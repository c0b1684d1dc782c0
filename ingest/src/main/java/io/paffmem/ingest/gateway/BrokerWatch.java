package io.paffmem.ingest.gateway;

import io.paffmem.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker every two seconds for the topic of frames, and remembers whether it answered. */
final class BrokerWatch implements Broker {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Admin admin;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "gateway-broker-watch"));
  private volatile boolean answers = true;

  /**
   * @param client settings of Kafka's client
   */
  BrokerWatch(Map<String, ?> client) {
    admin = Admin.create(Map.copyOf(client));
    var unused =
        looker.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean answers() {
    return answers;
  }

  private void look() {
    String problem = problem();
    boolean answered = problem == null;
    if (answered && !answers) {
      LOG.warn("The broker answers again");
    } else if (!answered && answers && !looker.isShutdown()) {
      LOG.warn(
          "The broker gives no account of the topic {} ({}); feeds are told busy",
          Topics.FRAMES,
          problem);
    }
    answers = answered;
  }

  /** Why the topic is not there; null if it is. */
  private @Nullable String problem() {
    try {
      var patience = new DescribeTopicsOptions().timeoutMs((int) EVERY.toMillis());
      var unused = admin.describeTopics(List.of(Topics.FRAMES), patience).allTopicNames().get();
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
