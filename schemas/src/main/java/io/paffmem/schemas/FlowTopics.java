package io.paffmem.schemas;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics of {@link Topics} on a broker: creates those that are missing, and checks that a
 * person's records meet in one task, that is, that all topics partitioned by person have the same
 * number of partitions. The caller closes the client.
 */
public final class FlowTopics {
  /** Partitions of each topic where nobody says otherwise. */
  public static final int DEFAULT_PARTITIONS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Admin admin;

  public FlowTopics(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates every topic that is not there and returns when clients can see and write them. Those
   * that are there stay as they are; {@link #check} tells whether they fit.
   *
   * @return the names of the topics that were created, in the order of the flow
   * @throws FlowTopicsException where the broker refuses or does not answer
   */
  public List<String> createMissing(int partitions, short replicationFactor) {
    List<NewTopic> wanted = new ArrayList<>();
    for (TopicDefinition definition : Topics.definitions()) {
      wanted.add(
          new NewTopic(definition.name(), partitions, replicationFactor)
              .configs(definition.config()));
    }
    Map<String, KafkaFuture<Void>> results = admin.createTopics(wanted).values();
    List<String> created = new ArrayList<>();
    for (NewTopic topic : wanted) {
      try {
        get(requireNonNull(results.get(topic.name())), "creating topic " + topic.name());
        created.add(topic.name());
      } catch (FlowTopicsException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    awaitVisible();
    return created;
  }

  /**
   * Checks the topics at the start of a stage.
   *
   * @return the number of partitions that all topics partitioned by person have
   * @throws FlowTopicsException naming the topics that are missing, or all topics with their
   *     partitions where these differ
   */
  public int check() {
    Map<String, Integer> partitions = new TreeMap<>();
    List<String> missing = describe(partitions);
    if (!missing.isEmpty()) {
      throw new FlowTopicsException(gone(missing));
    }
    Set<Integer> distinct = Set.copyOf(partitions.values());
    if (distinct.size() > 1) {
      throw new FlowTopicsException(
          "Topics of one flow must have the same number of partitions, but these have: %s"
              .formatted(
                  partitions.entrySet().stream()
                      .map(topic -> topic.getKey() + " " + topic.getValue())
                      .collect(joining(", "))));
    }
    return distinct.iterator().next();
  }

  /**
   * Which topics are not there, with the remedy, in plain words; empty if all are.
   *
   * @throws FlowTopicsException where the broker refuses or does not answer
   */
  public Optional<String> missing() {
    List<String> missing = describe(new TreeMap<>());
    return missing.isEmpty() ? Optional.empty() : Optional.of(gone(missing));
  }

  private static String gone(List<String> topics) {
    return "Topics are missing: %s; create them with: paffmem topics create"
        .formatted(String.join(", ", topics));
  }

  /** Fills in the partitions of each topic partitioned by person; returns all that are missing. */
  private List<String> describe(Map<String, Integer> partitions) {
    List<String> names = Topics.definitions().stream().map(TopicDefinition::name).toList();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(names).topicNameValues();
    List<String> missing = new ArrayList<>();
    for (TopicDefinition definition : Topics.definitions()) {
      try {
        TopicDescription found =
            get(
                requireNonNull(answers.get(definition.name())),
                "looking at topic " + definition.name());
        if (definition.partitionedByPerson()) {
          partitions.put(definition.name(), found.partitions().size());
        }
      } catch (FlowTopicsException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        missing.add(definition.name());
      }
    }
    return missing;
  }

  /** A topic exists when the controller says so, and is seen when its brokers have heard of it. */
  private void awaitVisible() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> missing = describe(new TreeMap<>());
    while (!missing.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new FlowTopicsException(
            "Topics were created but cannot be seen after %d s: %s"
                .formatted(PATIENCE.toSeconds(), String.join(", ", missing)));
      }
      pause();
      missing = describe(new TreeMap<>());
    }
    awaitLeaders();
  }

  /**
   * A topic that is seen may have partitions whose leader does not know of it yet. A producer that
   * writes just then is refused, tries again, and may then wait for ever with the rest of its
   * records (kafka-clients 4.3.1): so nobody is told of the topics before each leader answers.
   */
  private void awaitLeaders() {
    List<String> names = Topics.definitions().stream().map(TopicDefinition::name).toList();
    Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
    get(admin.describeTopics(names).allTopicNames(), "looking at the topics")
        .forEach(
            (name, topic) -> {
              for (TopicPartitionInfo partition : topic.partitions()) {
                newest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest());
              }
            });
    // The client asks again where a leader is not ready.
    var unused = get(admin.listOffsets(newest).all(), "asking the leaders of the topics");
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlowTopicsException("Interrupted while waiting for topics", e);
    }
  }

  private static <T> T get(KafkaFuture<T> future, String doing) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw new FlowTopicsException("The broker does not answer, " + doing, cause);
      }
      throw new FlowTopicsException("The broker failed %s: %s".formatted(doing, cause), cause);
    } catch (TimeoutException e) {
      throw new FlowTopicsException("The broker does not answer, " + doing, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlowTopicsException("Interrupted " + doing, e);
    }
  }
}
