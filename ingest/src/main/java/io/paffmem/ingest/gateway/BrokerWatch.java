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
    boolean answered = isThere();
    if (answered && !answers) {
      LOG.warn("The broker answers again");
    } else if (!answered && answers && !looker.isShutdown()) {
      LOG.warn(
          "The broker does not answer, or has no topic {}; feeds are told busy", Topics.FRAMES);
    }
    answers = answered;
  }

  private boolean isThere() {
    try {
      var patience = new DescribeTopicsOptions().timeoutMs((int) EVERY.toMillis());
      return !admin
          .describeTopics(List.of(Topics.FRAMES), patience)
          .allTopicNames()
          .get()
          .isEmpty();
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    looker.shutdownNow();
    admin.close(Duration.ZERO);
  }
}
