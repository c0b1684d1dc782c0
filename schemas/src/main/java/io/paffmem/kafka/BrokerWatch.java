package io.paffmem.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker every two seconds for topics, and remembers whether it answered and which of them
 * are not there.
 */
public final class BrokerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Admin admin;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "broker-watch"));
  private final String topic;
  private final Set<String> names = new TreeSet<>();
  private volatile @Nullable String problem = "the broker was not asked yet";
  private boolean answered = true;

  /**
   * Begins to ask for one topic.
   *
   * @param client settings of Kafka's client
   */
  public BrokerWatch(Map<String, ?> client, String topic) {
    this(client, topic, List.of());
  }

  /**
   * Begins to ask for some topics.
   *
   * @param client settings of Kafka's client
   * @param topic the one that tells whether the broker answers
   * @param others must be there, too
   */
  public BrokerWatch(Map<String, ?> client, String topic, Collection<String> others) {
    this.topic = topic;
    names.add(topic);
    names.addAll(others);
    admin = Admin.create(Map.copyOf(client));
    var unused =
        looker.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why it gave no account of the topics at the last look; empty if it did. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void look() {
    String found = ask();
    if (found == null && !answered) {
      LOG.warn("The broker answers again");
    } else if (found != null && answered && !looker.isShutdown()) {
      LOG.warn("Not ready: {}", found);
    }
    answered = found == null;
    problem = found;
  }

  /** What is wrong; null if nothing is. */
  private @Nullable String ask() {
    var patience = new DescribeTopicsOptions().timeoutMs((int) EVERY.toMillis());
    var answers = admin.describeTopics(names, patience).topicNameValues();
    List<String> gone = new ArrayList<>();
    String unknown = null;
    for (String name : names) {
      try {
        var unused = requireNonNull(answers.get(name)).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          gone.add(name);
        } else if (name.equals(topic)) {
          unknown = String.valueOf(e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        unknown = "interrupted";
        break;
      }
    }
    if (unknown != null) {
      return "the broker gives no account of the topic " + topic + " (" + unknown + ")";
    }
    return gone.isEmpty()
        ? null
        : "topics are missing: %s; create them with: paffmem topics create"
            .formatted(String.join(", ", gone));
  }

  @Override
  public void close() {
    looker.shutdownNow();
    admin.close(Duration.ZERO);
  }
}
