package io.paffmem.topology;

import io.paffmem.schemas.Topics;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.task.IngestTime;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * How the stream runs on Kafka. Exactly once; the group protocol is named, because the way tasks
 * are shared out must not change with a default.
 *
 * @param bootstrapServers host:port, several separated by commas
 * @param stateDirectory folder of the local stores; what is in it can be restored from Kafka
 * @param threads stream threads of this process
 * @param standbys copies of each store on other processes
 * @param commitMillis how often a transaction is committed: a floor for the latency of events
 * @param rocksDbBytes native memory of all stores of this process together
 * @param advertised host:port at which other instances ask this one for memories; null if they
 *     cannot
 * @param clientProperties more settings for Kafka's clients (security, say)
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record StreamSettings(
    String bootstrapServers,
    Path stateDirectory,
    int threads,
    int standbys,
    int commitMillis,
    long rocksDbBytes,
    @Nullable String advertised,
    Map<String, String> clientProperties) {

  /** The stream's application id, which is also its consumer group. */
  public static final String APPLICATION = Names.APPLICATION;

  /** As the topics' definitions have it for dead letters, the largest records. */
  private static final int MAX_REQUEST_BYTES = Topics.MAX_DEAD_LETTER_BYTES;

  /** A transaction of a process that died blocks every reader of its partitions for that long. */
  private static final int TRANSACTION_TIMEOUT_MILLIS = 6_000;

  /** The tasks of a process that died go to others after that long; brokers allow no less. */
  private static final int SESSION_TIMEOUT_MILLIS = 6_000;

  /**
   * A new instance copies a task's store while the old one goes on working, and is asked that often
   * whether it is done; Kafka allows no less.
   */
  private static final int PROBING_MILLIS = 60_000;

  /** How many tasks are copied to new instances at a time. */
  private static final int WARM_UP_REPLICAS = 8;

  /** An address of version 6 stands in brackets. */
  private static final Pattern ADVERTISED = Pattern.compile("(\\[[^\\]]+\\]|[^:/\\s]+):\\d{1,5}");

  private static final int POLL_MILLIS = 5;
  private static final int RETRY_MILLIS = 10;

  /**
   * Checks every setting and fails once.
   *
   * @throws IllegalArgumentException naming each setting that is out of range
   */
  public StreamSettings {
    List<String> problems = new ArrayList<>();
    if (bootstrapServers.isBlank()) {
      problems.add("bootstrapServers is blank (host:port)");
    }
    if (threads < 1) {
      problems.add("threads = " + threads + " (at least 1 allowed)");
    }
    if (standbys < 0) {
      problems.add("standbys = " + standbys + " (at least 0 allowed)");
    }
    if (commitMillis < 1 || commitMillis >= TRANSACTION_TIMEOUT_MILLIS) {
      problems.add(
          "commitMillis = %d (1 to %d allowed)"
              .formatted(commitMillis, TRANSACTION_TIMEOUT_MILLIS - 1));
    }
    if (rocksDbBytes < 8 * 1024 * 1024) {
      problems.add("rocksDbBytes = " + rocksDbBytes + " (at least 8388608 allowed)");
    }
    if (advertised != null && !ADVERTISED.matcher(advertised).matches()) {
      problems.add("advertised = " + advertised + " (host:port)");
    }
    clientProperties = Map.copyOf(clientProperties);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("streams: " + String.join("; ", problems));
    }
  }

  /**
   * Two threads, so that a newcomer's training holds up half of the others at most, no standbys, a
   * commit each 25 ms, 64 MiB for RocksDB.
   */
  public static StreamSettings standard(String bootstrapServers, Path stateDirectory) {
    return new StreamSettings(
        bootstrapServers, stateDirectory, 2, 0, 25, 64L * 1024 * 1024, null, Map.of());
  }

  /** A builder that starts from these settings. */
  public StreamSettingsBuilder toBuilder() {
    return StreamSettingsBuilder.builder(this);
  }

  /** The configuration in Kafka Streams' terms. */
  public Properties toProperties() {
    Properties p = new Properties();
    p.putAll(clientProperties);
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, Names.APPLICATION);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    if (advertised != null) {
      p.put(StreamsConfig.APPLICATION_SERVER_CONFIG, advertised);
    }
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
    p.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_MILLIS);
    p.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARM_UP_REPLICAS);
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    p.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
    p.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
    p.put(StreamsConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_MILLIS);
    p.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    p.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    p.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, IngestTime.class);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.Setter.class);
    p.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    p.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    p.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS / 4);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        MAX_REQUEST_BYTES);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        TRANSACTION_TIMEOUT_MILLIS);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_MILLIS);
    return p;
  }
}
