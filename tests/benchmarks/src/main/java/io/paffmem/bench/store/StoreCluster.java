package io.paffmem.bench.store;

import io.paffmem.bench.MadeMemory;
import io.paffmem.bench.store.Instance.Report;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.store.BulkLoader;
import io.paffmem.topology.store.MemoryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in this process with the topics of the flow, and folders for instances. */
final class StoreCluster implements AutoCloseable {
  static final int PARTITIONS = 4;
  private static final int NODE = 1;
  private static final int LOOK_MILLIS = 20;
  private static final Duration POLL = Duration.ofMillis(200);

  /** How far the changelog goes: the next offset of each partition, and the bytes of all. */
  record Extent(Map<TopicPartition, Long> ends, long bytes) {}

  /** Rows, tombstones included, and the bytes of their keys and values. */
  record RowTotals(long rows, long bytes) {}

  private final Path folder;
  private final Cluster cluster;
  private final List<TopicPartition> changelog =
      IntStream.range(0, PARTITIONS)
          .mapToObj(partition -> new TopicPartition(MemoryReader.TOPIC, partition))
          .toList();
  private int folders;
  private int feeds;

  StoreCluster() throws IOException {
    folder = Files.createTempDirectory("paffmem-bench-");
    cluster = Cluster.embedded(EmbeddedBrokerConfig.in(folder.resolve("broker")), PARTITIONS);
  }

  Cluster cluster() {
    return cluster;
  }

  /** Gives so many people memories, one of the templates each; returns the bytes of their rows. */
  long load(int people, List<MadeMemory> templates) throws InterruptedException {
    createChangelog();
    Map<String, Object> settings = cluster.client();
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    long bytes = 0;
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      BulkLoader loader = new BulkLoader(producer, config());
      for (int person = 0; person < people; person++) {
        MadeMemory memory = templates.get(person % templates.size());
        bytes +=
            loader.load(FaceLoad.name(person), memory.state(), 1000, System.currentTimeMillis());
      }
      loader.finish();
    }
    return bytes;
  }

  private static TopologyConfig config() {
    return Instance.config(PARTITIONS, 0);
  }

  /** A stream creates it, as it is to be, when it has shared out its tasks. */
  private void createChangelog() throws InterruptedException {
    try (AffectiveStream stream =
        new AffectiveStream(config(), cluster.stream(nextFolder()), cluster.serdes())) {
      stream.start();
      while (stream.activeTasks() < PARTITIONS) {
        if (stream.failure().isPresent()) {
          throw new IllegalStateException("the stream does not start", stream.failure().get());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  /** An instance in the folder of the one before, or in a new one if there was none. */
  InstanceProcess start(long cacheBytes, int standbys, int commitMillis) throws IOException {
    Path state = folders > 1 ? folder.resolve("state-" + (folders - 1)) : nextFolder();
    return instance(state, cacheBytes, standbys, commitMillis);
  }

  /** An instance in a new folder. */
  InstanceProcess startBeside(long cacheBytes, int standbys, int commitMillis) throws IOException {
    return instance(nextFolder(), cacheBytes, standbys, commitMillis);
  }

  private InstanceProcess instance(Path state, long cacheBytes, int standbys, int commitMillis)
      throws IOException {
    return new InstanceProcess(
        cluster.clientSettings().orElseThrow(),
        state,
        PARTITIONS,
        cacheBytes,
        standbys,
        commitMillis);
  }

  private Path nextFolder() {
    return folder.resolve("state-" + folders++);
  }

  Report awaitActive(InstanceProcess instance) throws IOException, InterruptedException {
    return instance.await(report -> report.activeTasks() == PARTITIONS);
  }

  FaceLoad feed(List<MadeMemory> memories) {
    return new FaceLoad(cluster, PARTITIONS, "feed-" + feeds++, memories);
  }

  Extent extent() throws InterruptedException {
    try (Admin admin = Admin.create(cluster.client());
        var consumer = cluster.observer()) {
      long bytes = 0;
      for (Map<String, LogDirDescription> folders :
          admin.describeLogDirs(List.of(NODE)).allDescriptions().get().values()) {
        for (LogDirDescription logs : folders.values()) {
          for (TopicPartition partition : changelog) {
            ReplicaInfo replica = logs.replicaInfos().get(partition);
            bytes += replica == null ? 0 : replica.size();
          }
        }
      }
      return new Extent(consumer.endOffsets(changelog), bytes);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not tell how large its topics are", e);
    }
  }

  RowTotals rowsBetween(Extent from, Extent to) {
    long rows = 0;
    long bytes = 0;
    try (var consumer = cluster.observer()) {
      for (TopicPartition partition : changelog) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from.ends().getOrDefault(partition, 0L));
        long end = to.ends().getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
          for (ConsumerRecord<byte[], byte[]> row : consumer.poll(POLL)) {
            if (row.offset() < end) {
              rows++;
              bytes += row.serializedKeySize() + Math.max(0, row.serializedValueSize());
            }
          }
        }
      }
    }
    return new RowTotals(rows, bytes);
  }

  @Override
  public void close() {
    cluster.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder " + folder + " cannot be deleted", e);
    }
  }
}
