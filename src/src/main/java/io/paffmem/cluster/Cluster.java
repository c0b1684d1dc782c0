package io.paffmem.cluster;

import io.paffmem.broker.EmbeddedBroker;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.kafka.ClientFaults;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FlowTopics;
import io.paffmem.schemas.FlowTopicsException;
import io.paffmem.schemas.TopicDefinition;
import io.paffmem.schemas.Topics;
import io.paffmem.start.StartException;
import io.paffmem.topology.StreamSettings;
import io.paffmem.topology.store.MemoryReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A broker and a schema registry: embedded in this process, or somebody else's. */
public final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration ASSIGNMENT_PATIENCE = Duration.ofMinutes(1);
  private static final int ASSIGNMENT_POLL_MILLIS = 50;

  private final @Nullable EmbeddedBroker embedded;
  private final String bootstrapServers;
  private final Map<String, String> clientProperties;
  private final AvroSerdes serdes;
  private final @Nullable String registryUrl;

  private Cluster(
      @Nullable EmbeddedBroker embedded,
      String bootstrapServers,
      Map<String, String> clientProperties,
      AvroSerdes serdes) {
    this(embedded, bootstrapServers, clientProperties, serdes, null);
  }

  private Cluster(
      @Nullable EmbeddedBroker embedded,
      String bootstrapServers,
      Map<String, String> clientProperties,
      AvroSerdes serdes,
      @Nullable String registryUrl) {
    this.registryUrl = registryUrl;
    this.embedded = embedded;
    this.bootstrapServers = bootstrapServers;
    this.clientProperties = Map.copyOf(clientProperties);
    this.serdes = serdes;
  }

  /**
   * Starts a broker in this process, with Confluent's in-memory registry and all topics.
   *
   * @param partitions of each topic
   */
  public static Cluster embedded(EmbeddedBrokerConfig config, int partitions) {
    EmbeddedBroker broker = EmbeddedBroker.start(config);
    Cluster cluster =
        new Cluster(
            broker, broker.bootstrapServers(), broker.clientProperties(), AvroSerdes.inMemory());
    try {
      cluster.createTopics(partitions, (short) 1);
      cluster.checkTopics();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * Uses a broker that runs elsewhere, to read what needs no registry.
   *
   * @throws StartException if the broker does not answer
   */
  public static Cluster withoutRegistry(
      String bootstrapServers, Map<String, String> clientProperties) {
    return checked(new Cluster(null, bootstrapServers, clientProperties, AvroSerdes.inMemory()));
  }

  /**
   * As the other.
   *
   * @param client the broker's address and what else its clients need, as {@link #clientSettings}
   */
  public static Cluster withoutRegistry(Path client) {
    Map<String, String> settings = KafkaSettings.read(client);
    String servers = settings.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    return withoutRegistry(servers == null ? "" : servers, settings);
  }

  /**
   * Uses a broker and a registry that run elsewhere.
   *
   * @param clientProperties more settings for Kafka's clients (security, say)
   * @throws StartException if the broker does not answer
   */
  public static Cluster at(
      String bootstrapServers, Map<String, String> clientProperties, String registryUrl) {
    return checked(
        new Cluster(
            null, bootstrapServers, clientProperties, AvroSerdes.at(registryUrl), registryUrl));
  }

  /**
   * As the other, without asking whether anybody answers; {@link #lacking} does.
   *
   * @param clientProperties more settings for Kafka's clients (security, say)
   */
  public static Cluster unasked(
      String bootstrapServers, Map<String, String> clientProperties, String registryUrl) {
    return new Cluster(
        null, bootstrapServers, clientProperties, AvroSerdes.at(registryUrl), registryUrl);
  }

  private static Cluster checked(Cluster cluster) {
    try {
      cluster.checkBroker();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Kafka's {@code host:port}, several separated by commas. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** More settings for Kafka's clients. */
  public Map<String, String> clientProperties() {
    return clientProperties;
  }

  /**
   * A file that has all a client in another process needs; empty if the broker runs elsewhere. It
   * is there as long as this is open.
   */
  public Optional<Path> clientSettings() {
    return Optional.ofNullable(embedded).map(EmbeddedBroker::clientSettings);
  }

  /** The folder of the broker in this process; empty if it runs elsewhere. */
  public Optional<Path> folder() {
    return Optional.ofNullable(embedded).map(EmbeddedBroker::folder);
  }

  /** The usual settings of the memory's stream on this cluster, with its state in a folder. */
  public StreamSettings stream(Path state) {
    return StreamSettings.standard(bootstrapServers, state).toBuilder()
        .clientProperties(clientProperties)
        .build();
  }

  /** Serdes over this cluster's registry; closed with it. */
  public AvroSerdes serdes() {
    return serdes;
  }

  /** What every client of this cluster is configured with. */
  public Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>(clientProperties);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }

  /** Creates the topics that are missing; returns their names. */
  public List<String> createTopics(int partitions, short replicationFactor) {
    try (Questions questions = new Questions(client())) {
      return new FlowTopics(questions.admin).createMissing(partitions, replicationFactor);
    }
  }

  /** The number of partitions that all topics of the flow have; an error if they do not agree. */
  public int checkTopics() {
    try (Questions questions = new Questions(client())) {
      return new FlowTopics(questions.admin).check();
    }
  }

  /**
   * What a stage needs and what is not there now: the broker, a topic, the registry, the schemas of
   * the records that wait for it. In plain words; empty if all is there.
   *
   * @param read the topics that the stage reads
   * @throws StartException if Kafka's client, or the broker, refuses the settings
   * @throws FlowTopicsException if the topics do not fit together
   */
  public Optional<String> lacking(Collection<String> read) {
    Optional<String> broker = lackingBroker();
    if (broker.isPresent()) {
      return broker;
    }
    try (Questions questions = new Questions(client())) {
      FlowTopics topics = new FlowTopics(questions.admin);
      Optional<String> missing = topics.missing();
      if (missing.isPresent()) {
        return missing;
      }
      var unused = topics.check();
    } catch (FlowTopicsException e) {
      if (ClientFaults.retriable(e).isPresent() || e.getCause() instanceof TimeoutException) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      throw e;
    }
    Optional<String> away = serdes.away();
    return away.isPresent() ? away : lostSchemas(read);
  }

  /**
   * What the schema registry has lost of the schemas that the topics' newest records were written
   * with, in plain words; empty if nothing, and where the registry is in this process.
   */
  public Optional<String> lostSchemas() {
    List<String> topics = new ArrayList<>();
    for (TopicDefinition topic : Topics.definitions()) {
      if (topic.recordType() != null) {
        topics.add(topic.name());
      }
    }
    return lostSchemas(topics);
  }

  private Optional<String> lostSchemas(Collection<String> read) {
    if (registryUrl == null) {
      return Optional.empty();
    }
    // Serdes of their own: what they learn of a registry that is wrong must not stay.
    try (AvroSerdes fresh = AvroSerdes.at(registryUrl);
        Consumer<byte[], byte[]> observer = observer()) {
      return new LastRecords(observer, fresh).lostSchemas(read);
    }
  }

  /**
   * Waits until groups have shared out their topics, or a stage has failed.
   *
   * @param topics by the group that reads them
   * @param stageFailure why a stage cannot go on; empty while all work
   * @throws StartException if it takes longer than a minute
   */
  public void awaitAssigned(
      Map<String, String> topics, Supplier<Optional<Throwable>> stageFailure) {
    try (Questions questions = new Questions(client())) {
      Admin admin = questions.admin;
      int partitions = new FlowTopics(admin).check();
      long deadline = System.nanoTime() + ASSIGNMENT_PATIENCE.toNanos();
      while (!areAssigned(admin, topics, partitions) && stageFailure.get().isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw new StartException(
              "the groups "
                  + topics.keySet()
                  + " have not shared out their partitions within "
                  + ASSIGNMENT_PATIENCE.toSeconds()
                  + " s; is another instance of them being stopped?");
        }
        TimeUnit.MILLISECONDS.sleep(ASSIGNMENT_POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while the stages started", e);
    } catch (ExecutionException e) {
      throw new StartException("the broker cannot say how the groups are: " + e.getCause(), e);
    }
  }

  private static boolean areAssigned(Admin admin, Map<String, String> topics, int partitions)
      throws InterruptedException, ExecutionException {
    Map<String, ConsumerGroupDescription> groups;
    try {
      groups = admin.describeConsumerGroups(topics.keySet()).all().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false; // nobody has joined yet
      }
      throw e;
    }
    for (Map.Entry<String, ConsumerGroupDescription> group : groups.entrySet()) {
      long assigned =
          group.getValue().members().stream()
              .flatMap(member -> member.assignment().topicPartitions().stream())
              .filter(partition -> partition.topic().equals(topics.get(group.getKey())))
              .count();
      if (group.getValue().groupState() != GroupState.STABLE || assigned < partitions) {
        return false;
      }
    }
    return true;
  }

  /**
   * How long the broker keeps what it holds of people: every topic and the memories' changelog, but
   * for those that are not there.
   */
  public List<Retention> retentions() {
    List<String> topics = new ArrayList<>();
    for (TopicDefinition definition : Topics.definitions()) {
      topics.add(definition.name());
    }
    topics.add(MemoryReader.TOPIC);
    try (Questions questions = new Questions(client())) {
      return Retention.of(questions.admin, topics);
    }
  }

  /**
   * A read_committed consumer without a group, which creates no topics. Where what it would read
   * next has expired, it goes on with what is left.
   */
  public Consumer<byte[], byte[]> observer() {
    Map<String, Object> settings = client();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * A client for questions. A thread that is interrupted while it asks does not wait for the
   * answer.
   */
  private static final class Questions implements AutoCloseable {
    final Admin admin;

    Questions(Map<String, Object> client) {
      admin = Admin.create(client);
    }

    @Override
    public void close() {
      admin.close(Duration.ZERO);
    }
  }

  private void checkBroker() {
    Optional<String> lacking = lackingBroker();
    if (lacking.isPresent()) {
      throw new StartException(lacking.get());
    }
  }

  /** Why no broker answers; empty if one does. */
  private Optional<String> lackingBroker() {
    var patience = new DescribeClusterOptions().timeoutMs((int) PATIENCE.toMillis());
    try (Questions questions = new Questions(client())) {
      var unused = questions.admin.describeCluster(patience).nodes().get();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while looking for the broker", e);
    } catch (ExecutionException e) {
      if (ClientFaults.isFatal(e)) {
        throw new StartException(
            "the broker at %s refuses this client: %s; check --kafka"
                .formatted(bootstrapServers, String.valueOf(e.getCause())),
            e);
      }
      return Optional.of(
          "no broker answers at "
              + bootstrapServers
              + " within "
              + PATIENCE.toSeconds()
              + " s; check --bootstrap-servers, and that the broker's advertised listeners can be"
              + " reached from here");
    } catch (KafkaException e) {
      throw new StartException(
          "Kafka's client refuses its settings: "
              + ClientFaults.reason(e).getMessage()
              + "; check --bootstrap-servers and --kafka",
          e);
    }
  }

  @Override
  public void close() {
    try {
      serdes.close();
    } finally {
      if (embedded != null) {
        embedded.close();
      }
    }
  }
}
