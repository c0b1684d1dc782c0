package io.paffmem.topology.person;

import io.paffmem.memory.MemoryState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one person's rows are kept. Each call writes at once; what the memory learnt and the header
 * are written by {@link #save} when a record is done.
 */
public interface PersonRows {
  // ---- the queue

  void put(Waiting waiting);

  void deleteWaiting(long index);

  void deleteQueue();

  // ---- streams

  void put(TextHash stream, StreamWindow window);

  void deleteStream(TextHash stream);

  void deleteStreams();

  // ---- the memory

  /** Writes every neuron of a memory in the place of an empty one. */
  void putNeurons(MemoryState memory);

  /** Deletes the neurons and the faces learnt since they were written. */
  void deleteMemory();

  void put(FormerMemory former);

  void deleteFormer();

  // ---- answers to seed requests

  void put(SeedOutcome.Key key, SeedOutcome outcome);

  void delete(SeedOutcome.Key key);

  void putPairs(long number, ImaginedFaces pairs);

  /** The pairs of the answer of that number; null if they are missing or damaged. */
  @Nullable ImaginedFaces pairs(long number);

  void deletePairs(long number);

  /** Deletes all pairs but those of the answers with such numbers. */
  void deletePairsBut(Set<Long> numbers);

  // ---- what changes with each record

  /** Writes the faces that were learnt, or the neurons, the views and the header, where changed. */
  void save(Person person);
}
