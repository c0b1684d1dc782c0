package io.paffmem.topology.task;

import io.paffmem.schemas.PersonKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the tasks of a process are asked for whole memories. A task answers while it runs, so never
 * while its store is being restored. Thread-safe.
 */
public final class MemoryQueries {
  private final Map<Integer, MemoryOwner> owners = new ConcurrentHashMap<>();
  private final int partitions;

  /** For topics of that many partitions. */
  public MemoryQueries(int partitions) {
    this.partitions = partitions;
  }

  /** A person's memory between two frames; empty if no task here has them. */
  public Optional<QueryAnswer> ask(String personId) {
    MemoryOwner owner = owners.get(PersonKey.partition(PersonKey.bytes(personId), partitions));
    return Optional.ofNullable(owner).flatMap(o -> o.memory(personId));
  }

  void open(int partition, MemoryOwner owner) {
    owners.put(partition, owner);
  }

  void close(int partition, MemoryOwner owner) {
    owners.remove(partition, owner);
  }
}
