package io.paffmem.app.serve;

import io.paffmem.cluster.Cluster;
import io.paffmem.start.StartException;
import io.paffmem.topology.StreamSettings;
import io.paffmem.topology.config.TopologyConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the memory's stream runs on one machine among others. */
final class StreamOptions {
  private static final long MEBIBYTE = 1024 * 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Stream threads of this process; default ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Option(
      names = "--standbys",
      paramLabel = "N",
      description =
          "Copies of each store that other instances keep, to take over at once; default"
              + " ${DEFAULT-VALUE}.")
  private int standbys = 0;

  @Option(
      names = "--commit-interval",
      paramLabel = "MS",
      description =
          "How often events are committed, so the least delay of an event; default"
              + " ${DEFAULT-VALUE}.")
  private int commitMillis = 25;

  @Option(
      names = "--cache",
      paramLabel = "MB",
      description =
          "Heap for persons in use, of all partitions here together; default ${DEFAULT-VALUE}.")
  private int cacheMegabytes = 192;

  @Option(
      names = "--store-memory",
      paramLabel = "MB",
      description =
          "Memory outside of the heap for RocksDB, of all partitions here together; default"
              + " ${DEFAULT-VALUE}.")
  private int storeMegabytes = 64;

  TopologyConfig topology(TopologyConfig config) {
    if (cacheMegabytes < 0) {
      throw new StartException("--cache is " + cacheMegabytes + ", must be at least 0");
    }
    return config.toBuilder().cacheBytes(cacheMegabytes * MEBIBYTE).build();
  }

  /**
   * How it runs on Kafka.
   *
   * @param memories where other instances ask this one for memories; null for nowhere
   */
  StreamSettings settings(Cluster cluster, Path state, @Nullable String memories) {
    try {
      return cluster.stream(state).toBuilder()
          .threads(threads)
          .standbys(standbys)
          .commitMillis(commitMillis)
          .rocksDbBytes(storeMegabytes * MEBIBYTE)
          .advertised(memories)
          .build();
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }
}
