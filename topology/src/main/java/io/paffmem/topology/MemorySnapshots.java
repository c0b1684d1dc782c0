package io.paffmem.topology;

import io.paffmem.schemas.PersonHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the tasks of this process last said of each person, for queries from outside; never rows
 * half-way through a frame. Thread-safe; holds the persons touched last.
 */
public final class MemorySnapshots {
  /**
   * One person after one record.
   *
   * @param generation generation of the memory
   * @param seededFrames frames whose imagined faces trained it; all that were wanted, where seeding
   *     ended by time
   * @param neurons its neurons
   * @param framesPerceived frames that it recognised and learnt from
   * @param waitingFrames frames that wait for seeds
   */
  public record Snapshot(
      int generation, int seededFrames, int neurons, long framesPerceived, int waitingFrames) {}

  private final LinkedHashMap<PersonHash, Snapshot> snapshots =
      new LinkedHashMap<>(16, 0.75f, true);
  private final int mostPersons;

  /** Holds up to that many persons. */
  public MemorySnapshots(int mostPersons) {
    if (mostPersons < 1) {
      throw new IllegalArgumentException("mostPersons = " + mostPersons + " (at least 1 allowed)");
    }
    this.mostPersons = mostPersons;
  }

  /** What is known of a person; empty if no task of this process touched them lately. */
  public synchronized Optional<Snapshot> of(String personId) {
    return Optional.ofNullable(snapshots.get(PersonHash.of(personId)));
  }

  /** All that is known, by hash of the person. */
  public synchronized Map<PersonHash, Snapshot> all() {
    return Map.copyOf(snapshots);
  }

  synchronized void publish(Person person) {
    snapshots.put(
        person.hash,
        new Snapshot(
            person.header.generation,
            person.header.seeded,
            person.memory.size(),
            person.header.framesPerceived,
            person.waitingFrames()));
    if (snapshots.size() > mostPersons) {
      snapshots.remove(snapshots.keySet().iterator().next());
    }
  }

  synchronized void retract(PersonHash person) {
    snapshots.remove(person);
  }
}
