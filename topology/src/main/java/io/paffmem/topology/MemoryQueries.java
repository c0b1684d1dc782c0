package io.paffmem.topology;

import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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
    EmotionTask task = tasks.get(PersonKey.partition(PersonKey.bytes(personId), partitions));
    return Optional.ofNullable(task).flatMap(t -> t.memory(PersonHash.of(personId)));
  }

  void open(int partition, EmotionTask task) {
    tasks.put(partition, task);
  }

  void close(int partition, EmotionTask task) {
    tasks.remove(partition, task);
  }
}
