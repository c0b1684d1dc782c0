package io.paffmem.topology;

import io.paffmem.schemas.PersonHash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decoded persons of one task, the least recently used going first when they take too much heap.
 * What is in here was written to the store, so that dropping it costs a range scan and nothing
 * else.
 */
final class PersonCache {
  private record Entry(Person person, long bytes) {}

  private final PersonStore store;
  private final long mostBytes;
  private final LinkedHashMap<PersonHash, Entry> persons = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  PersonCache(PersonStore store, long mostBytes) {
    this.store = store;
    this.mostBytes = mostBytes;
  }

  /** The person, from here or from the store. */
  Person get(PersonHash hash) {
    Entry entry = persons.get(hash);
    return entry == null ? store.load(hash) : entry.person();
  }

  /** Keeps a person whose changes are all written, and makes room. */
  void keep(Person person) {
    evict(person.hash);
    Entry entry = new Entry(person, person.heapBytes());
    persons.put(person.hash, entry);
    bytes += entry.bytes();
    Iterator<Map.Entry<PersonHash, Entry>> eldest = persons.entrySet().iterator();
    while (bytes > mostBytes && eldest.hasNext()) {
      bytes -= eldest.next().getValue().bytes();
      eldest.remove();
    }
  }

  /** Drops a person that may be half changed; the next look is a cold load. */
  void evict(PersonHash hash) {
    Entry entry = persons.remove(hash);
    if (entry != null) {
      bytes -= entry.bytes();
    }
  }

  Iterable<PersonHash> hashes() {
    return persons.keySet();
  }
}
