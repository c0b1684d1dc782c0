package io.paffmem.topology.person;

import io.paffmem.memory.MemoryState;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.memory.guard.PersonLook;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one person's rows are kept. Each call writes at once; neurons and streams that changed and
 * the header are written by {@link #save} when a record is done.
 */
public interface PersonRows {
  // ---- the queue

  void put(Waiting waiting);

  void deleteWaiting(long index);

  void deleteQueue();

  // ---- streams

  void deleteStream(TextHash stream);

  void deleteStreams();

  // ---- the memory

  /** Writes every neuron and teaching of a memory in the place of an empty one. */
  void putMemory(MemoryState memory);

  /** Deletes the neurons, the teachings, and the faces that are kept to be taught. */
  void deleteMemory();

  /** Writes what was taught. */
  void put(TaughtMoment moment);

  void deleteTaught(String id);

  /** Writes a face that is kept to be taught. */
  void put(int place, Lesson.Moment moment);

  /** Those that can be read. */
  List<Lesson.Moment> moments();

  void put(FormerMemory former);

  void deleteFormer();

  /** Writes how the person looks. */
  void put(PersonLook look);

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

  /** Writes the neurons, the streams, the look, the views and the header, where changed. */
  void save(Person person);
}
