package io.paffmem.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FlowTopics;
import io.paffmem.schemas.FlowTopicsException;
import io.paffmem.schemas.PersonKey;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.task.MemoryQueries;
import io.paffmem.topology.task.QueryAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running stream. Thread-safe; close it to leave the group and free native memory. */
public final class AffectiveStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AffectiveStream.class);

  /** Of the ten seconds that a process has to stop, the others' part taken off. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(7);

  private static final Duration LOOK_FOR_TASKS_EVERY = Duration.ofSeconds(10);
  private static final Duration LOOK_AT_STORE_EVERY = Duration.ofSeconds(5);

  private final MemoryQueries queries;
  private final RocksDbMemory rocksDbMemory;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final Counters counters;
  private final Restoration restoration;
  private final FreshThreads freshThreads;
  private final StoreWatch storeWatch;
  private final KafkaStreams streams;
  private final KafkaStreamsMetrics streamsMetrics;
  private final @Nullable HostInfo self;

  /** Kafka Streams' metrics come and go with its tasks. */
  private final ScheduledExecutorService looksForTasks = alone("stream-metrics");

  private final ScheduledExecutorService looksAtStore = alone("store-watch");

  /**
   * Builds the stream; nothing runs yet, and nobody else sees its metrics.
   *
   * @param serdes stays the caller's, to be closed after this
   */
  public AffectiveStream(TopologyConfig config, StreamSettings settings, AvroSerdes serdes) {
    this(config, settings, serdes, new SimpleMeterRegistry());
  }

  /**
   * Builds the stream; nothing runs yet.
   *
   * @param serdes stays the caller's, to be closed after this
   * @param meters where it, Kafka Streams, its clients and RocksDB count; for one stream alone
   */
  public AffectiveStream(
      TopologyConfig config, StreamSettings settings, AvroSerdes serdes, MeterRegistry meters) {
    String advertised = settings.advertised();
    self = advertised == null ? null : HostInfo.buildFromEndpoint(advertised);
    queries = new MemoryQueries(config.partitions());
    counters = new Counters(meters);
    restoration = new Restoration(meters);
    freshThreads = new FreshThreads(() -> missingTopics(settings));
    storeWatch = new StoreWatch(settings.stateDirectory());
    rocksDbMemory = new RocksDbMemory(settings.rocksDbBytes());
    try {
      Properties properties = settings.toProperties();
      properties.put(RocksDbMemory.CONFIG_KEY, rocksDbMemory);
      streams =
          new KafkaStreams(
              new EmotionTopology(config, serdes, queries, counters).get(),
              properties,
              new StreamClients(System::currentTimeMillis, counters::committed));
    } catch (RuntimeException e) {
      rocksDbMemory.close();
      throw e;
    }
    streams.setUncaughtExceptionHandler(this::onException);
    streams.setGlobalStateRestoreListener(restoration);
    gaugeTasks(meters, "active", this::activeTasks);
    gaugeTasks(meters, "standby", this::standbyTasks);
    streamsMetrics =
        new KafkaStreamsMetrics(streams, Tags.empty(), looksForTasks, LOOK_FOR_TASKS_EVERY);
    streamsMetrics.bindTo(meters);
  }

  private static ScheduledExecutorService alone(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void gaugeTasks(MeterRegistry meters, String kind, Supplier<Number> tasks) {
    Gauge.builder("paffmem.topology.tasks", tasks)
        .description("tasks that run here")
        .tags("kind", kind)
        .register(meters);
  }

  /** Starts the threads and returns; {@link #activeTasks()} says when work has come in. */
  public void start() {
    streams.start();
    var unused =
        looksAtStore.scheduleWithFixedDelay(
            () ->
                storeWatch
                    .look()
                    .ifPresent(held -> failure.complete(new IllegalStateException(held))),
            LOOK_AT_STORE_EVERY.toMillis(),
            LOOK_AT_STORE_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** The state of the stream as Kafka Streams has it. */
  public State state() {
    return streams.state();
  }

  /** Tasks that run here now: with a single process, as many as the topics have partitions. */
  public int activeTasks() {
    return tasks(thread -> thread.activeTasks().size());
  }

  /** Copies of other instances' tasks that are kept here now. */
  public int standbyTasks() {
    return tasks(thread -> thread.standbyTasks().size());
  }

  private int tasks(ToIntFunction<ThreadMetadata> some) {
    return state() != State.RUNNING
        ? 0
        : streams.metadataForLocalThreads().stream().mapToInt(some).sum();
  }

  /**
   * Why it does not do its work now, in plain words: threads that fail one after another, memories
   * that are being read back, no tasks. Empty if it does: an instance that has only copies of
   * others' memories does that.
   */
  public Optional<String> problem() {
    Optional<Throwable> failed = failure();
    if (failed.isPresent()) {
      return Optional.of("the stream has stopped: " + failed.get().getMessage());
    }
    return switch (state()) {
      case CREATED -> Optional.of("the stream has not started yet");
      case REBALANCING ->
          freshThreads
              .problem()
              .or(storeWatch::problem)
              .or(restoration::problem)
              .or(() -> Optional.of("the tasks are being shared out among the instances"));
      case RUNNING ->
          freshThreads
              .problem()
              .or(storeWatch::problem)
              .or(restoration::problem)
              .or(
                  () ->
                      activeTasks() + standbyTasks() > 0
                          ? Optional.empty()
                          : Optional.of("no task is assigned here: other instances have them all"));
      case PENDING_SHUTDOWN, NOT_RUNNING -> Optional.of("the stream is being stopped");
      case PENDING_ERROR, ERROR -> Optional.of("the stream has stopped");
    };
  }

  /** Why the stream has stopped for good; empty while it works. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.getNow(null));
  }

  /** Completes with {@link #failure} when the stream stops for good; never, if it does not. */
  public CompletableFuture<Throwable> whenFailed() {
    return failure.copy();
  }

  /**
   * A person's whole memory between two of their frames, or where to ask for it. Its last frames
   * may not be committed yet; what a crash takes back, comes again.
   */
  public QueryAnswer memory(String personId) {
    return queries.ask(personId).orElseGet(() -> owner(personId));
  }

  private QueryAnswer owner(String personId) {
    KeyQueryMetadata owner;
    try {
      owner =
          streams.queryMetadataForKey(
              Names.STORE, PersonKey.bytes(personId), new ByteArraySerializer());
    } catch (InvalidStateStoreException | IllegalStateException e) {
      return new QueryAnswer.Unavailable("the stream is not running");
    }
    HostInfo host = owner.activeHost();
    if (host.port() <= 0) {
      return new QueryAnswer.Unavailable(
          "the person's partition has no owner yet, or one that does not say where it is");
    }
    return host.equals(self)
        ? new QueryAnswer.Unavailable("the person's memory is being restored here")
        : new QueryAnswer.Elsewhere(host.host(), host.port());
  }

  /** What the tasks of this process have counted, by name: {@code frames-in} and so on. */
  public Map<String, Long> counts() {
    return counters.totals();
  }

  /**
   * How many records of the changelog each copy of a store in this process, standbys among them,
   * has yet to read, by partition. Where the last record of a partition marks the end of a
   * transaction, it is counted for ever.
   */
  public Map<Integer, Long> storeLags() {
    Map<Integer, Long> lags = new TreeMap<>();
    streams
        .allLocalStorePartitionLags()
        .getOrDefault(Names.STORE, Map.of())
        .forEach((partition, lag) -> lags.put(partition, lag.offsetLag()));
    return lags;
  }

  @Override
  public void close() {
    freshThreads.stop();
    streamsMetrics.close();
    looksForTasks.shutdownNow();
    looksAtStore.shutdownNow();
    // Leaving the group hands the tasks over at once; by default the others would wait for a
    // time-out.
    if (!streams.close(
        CloseOptions.timeout(CLOSE_TIMEOUT)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP))) {
      // Threads may still use the native memory; better kept than freed under them.
      LOG.warn("The stream did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
      return;
    }
    rocksDbMemory.close();
  }

  /** Kafka Streams says only that some are missing. */
  private static Optional<String> missingTopics(StreamSettings settings) {
    Map<String, Object> client = new HashMap<>(settings.clientProperties());
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      return new FlowTopics(admin).missing();
    } catch (FlowTopicsException | KafkaException e) {
      LOG.debug("The broker cannot say which topics are missing", e);
      return Optional.empty();
    }
  }

  private StreamThreadExceptionResponse onException(Throwable thrown) {
    if (freshThreads.heals(thrown)) {
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("The stream stops", thrown);
    failure.complete(thrown);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }
}
