package io.paffmem.topology.store;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Person;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decoded persons of one task, the least recently used going first when they take more heap than
 * the task's share. What is in here was written to the store, so that dropping it costs a range
 * scan and nothing else.
 */
public final class PersonCache implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private record Entry(Person person, long bytes) {}

  private final PersonStore store;
  private final CacheBudget budget;
  private final Counters counters;
  private final LinkedHashMap<PersonHash, Entry> persons = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long toldPersons;
  private long toldBytes;

  /** An empty cache; it takes its share of the budget until it is closed. */
  public PersonCache(PersonStore store, CacheBudget budget, Counters counters) {
    this.store = store;
    this.budget = budget;
    this.counters = counters;
    budget.join();
  }

  /** The person, from here or from the store. */
  public Person get(PersonHash hash) {
    Entry entry = persons.get(hash);
    if (entry != null) {
      counters.count(Count.CACHE_HITS);
      return entry.person();
    }
    counters.count(Count.CACHE_LOADS);
    long begun = System.nanoTime();
    long worked = THREADS.getCurrentThreadCpuTime();
    Person person = store.load(hash);
    counters.loaded(
        System.nanoTime() - begun, Math.max(0, THREADS.getCurrentThreadCpuTime() - worked));
    return person;
  }

  /** Keeps a person whose changes are all written, and makes room. */
  public void keep(Person person) {
    evict(person.hash());
    Entry entry = new Entry(person, person.heapBytes());
    persons.put(person.hash(), entry);
    bytes += entry.bytes();
    trim();
  }

  /** Makes room where more is held than the task's share, which shrinks when another one comes. */
  public void trim() {
    long most = budget.share();
    Iterator<Map.Entry<PersonHash, Entry>> eldest = persons.entrySet().iterator();
    while (bytes > most && eldest.hasNext()) {
      bytes -= eldest.next().getValue().bytes();
      eldest.remove();
      counters.count(Count.CACHE_EVICTIONS);
    }
    tell();
  }

  /** Drops a person that may be half changed; the next look is a cold load. */
  public void evict(PersonHash hash) {
    Entry entry = persons.remove(hash);
    if (entry != null) {
      bytes -= entry.bytes();
      tell();
    }
  }

  /** Adds to what all tasks hold what has changed here. */
  private void tell() {
    counters.addCached(persons.size() - toldPersons, bytes - toldBytes);
    toldPersons = persons.size();
    toldBytes = bytes;
  }

  /** The person, if they are here; a look that is not counted. */
  public @Nullable Person peek(PersonHash hash) {
    Entry entry = persons.get(hash);
    return entry == null ? null : entry.person();
  }

  /** Gives its share to the other tasks. */
  @Override
  public void close() {
    persons.clear();
    bytes = 0;
    tell();
    budget.leave();
  }
}
