package io.paffmem.topology;

import io.paffmem.schemas.PersonHash;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Utils;

/**
 * Where the tasks of a process are asked for whole memories. A task answers while it runs, so never
 * while its store is being restored. Thread-safe.
 */
public final class MemoryQueries {
  private final Map<Integer, EmotionTask> tasks = new ConcurrentHashMap<>();
  private final int partitions;

  /** For topics of that many partitions. */
  public MemoryQueries(int partitions) {
    this.partitions = partitions;
  }

  /** A person's memory between two frames; empty if no task here has them. */
  public Optional<QueryAnswer> ask(String personId) {
    byte[] key = personId.getBytes(StandardCharsets.UTF_8);
    EmotionTask task = tasks.get(partition(key, partitions));
    return Optional.ofNullable(task).flatMap(t -> t.memory(PersonHash.of(personId)));
  }

  /** The partition of a key, as Kafka's own partitioner has it. */
  static int partition(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  void open(int partition, EmotionTask task) {
    tasks.put(partition, task);
  }

  void close(int partition, EmotionTask task) {
    tasks.remove(partition, task);
  }
}
