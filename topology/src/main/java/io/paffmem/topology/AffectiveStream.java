package io.paffmem.topology;

import io.paffmem.schemas.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running stream. Thread-safe; close it to leave the group and free native memory. */
public final class AffectiveStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AffectiveStream.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final MemoryQueries queries;
  private final RocksDbMemory rocksDbMemory;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final KafkaStreams streams;
  private final @Nullable HostInfo self;

  /**
   * Builds the stream; nothing runs yet.
   *
   * @param serdes stays the caller's, to be closed after this
   */
  public AffectiveStream(TopologyConfig config, StreamSettings settings, AvroSerdes serdes) {
    String advertised = settings.advertised();
    self = advertised == null ? null : HostInfo.buildFromEndpoint(advertised);
    queries = new MemoryQueries(config.partitions());
    rocksDbMemory = new RocksDbMemory(settings.rocksDbBytes());
    try {
      Properties properties = settings.toProperties();
      properties.put(RocksDbMemory.CONFIG_KEY, rocksDbMemory);
      streams = new KafkaStreams(new EmotionTopology(config, serdes, queries).get(), properties);
    } catch (RuntimeException e) {
      rocksDbMemory.close();
      throw e;
    }
    streams.setUncaughtExceptionHandler(this::onException);
  }

  /** Starts the threads and returns; {@link #activeTasks()} says when work has come in. */
  public void start() {
    streams.start();
  }

  /** The state of the stream as Kafka Streams has it. */
  public State state() {
    return streams.state();
  }

  /** Tasks that run here now: with a single process, as many as the topics have partitions. */
  public int activeTasks() {
    return state() != State.RUNNING
        ? 0
        : streams.metadataForLocalThreads().stream().mapToInt(t -> t.activeTasks().size()).sum();
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
              Names.STORE, personId.getBytes(StandardCharsets.UTF_8), new ByteArraySerializer());
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

  /** The counters' totals, over all tasks that run here, by name: {@code frames-in} and so on. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (Counter counter : Counter.values()) {
      counts.put(counter.metric, 0L);
    }
    for (Map.Entry<MetricName, ? extends Metric> metric : streams.metrics().entrySet()) {
      Counters.counterOf(metric.getKey())
          .ifPresent(
              counter ->
                  counts.merge(
                      counter.metric,
                      ((Number) metric.getValue().metricValue()).longValue(),
                      Long::sum));
    }
    return counts;
  }

  /** All metrics: those of Kafka Streams, its clients and RocksDB, and those of the memories. */
  public Map<MetricName, ? extends Metric> metrics() {
    return streams.metrics();
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

  /** A registry or a broker that is away comes back; a bug does not go away by trying again. */
  private StreamThreadExceptionResponse onException(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException) {
        LOG.warn("A stream thread begins anew: {}", cause.toString());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
    }
    LOG.error("The stream stops", thrown);
    failure.complete(thrown);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }
}
