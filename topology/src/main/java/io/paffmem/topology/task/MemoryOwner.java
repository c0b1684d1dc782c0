package io.paffmem.topology.task;

import java.util.Optional;

/** Who has the memories of one partition, and answers for them. Thread-safe. */
interface MemoryOwner {
  /** A person's memory between two records; empty if it is no longer here. */
  Optional<QueryAnswer> memory(String personId);
}
