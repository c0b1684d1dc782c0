package io.paffmem.topology.rules;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.WaitingIndex;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The persons of one task who have waiting frames, and up to where those were refused their seeds.
 * Who they are is kept in rows, so that after a restart the clock finds them without reading
 * everyone; what was refused is only remembered while the task lives.
 */
public final class WaitingPersons implements AutoCloseable {
  /** One of them. */
  public static final class Entry {
    private final PersonHash hash;

    /** Place in the queue up to which refusals were written. */
    long refusedUpTo;

    /** When the oldest waiting frame that was not refused had come; 0 if that is not known. */
    long oldestArrivalMillis;

    /** Whether it was logged that too many frames wait. */
    boolean fullTold;

    /** Whether they waited when the task began, and nobody has looked at them since. */
    boolean unseen;

    /** Waiting frames, as far as they were counted; 0 of those who were not looked at yet. */
    int frames;

    Entry(PersonHash hash) {
      this.hash = hash;
    }

    public PersonHash hash() {
      return hash;
    }

    /** When the oldest waiting frame that was not refused had come; 0 if that is not known. */
    public long oldestArrivalMillis() {
      return oldestArrivalMillis;
    }
  }

  private final WaitingIndex index;
  private final Counters counters;
  private @Nullable Map<PersonHash, Entry> entries;

  public WaitingPersons(WaitingIndex index, Counters counters) {
    this.index = index;
    this.counters = counters;
  }

  /** Takes a person in or out, as their queue says. */
  public void update(Person person, long nowMillis) {
    Map<PersonHash, Entry> all = entries();
    boolean waits = person.waitingFrames() > 0;
    Entry entry = all.get(person.hash());
    if (waits && entry == null) {
      entry = new Entry(person.hash());
      entry.oldestArrivalMillis = nowMillis;
      all.put(person.hash(), entry);
      index.put(person.hash());
    } else if (waits && entry != null) {
      entry.oldestArrivalMillis = Math.min(entry.oldestArrivalMillis, nowMillis);
    } else if (entry != null) {
      all.remove(person.hash());
      index.delete(person.hash());
    }
    if (entry != null) {
      entry.unseen = false;
      counters.addWaitingFrames(person.waitingFrames() - entry.frames);
      entry.frames = person.waitingFrames();
    }
  }

  /** Frames that wait may be refused again. */
  void forgetRefusals(Person person) {
    Entry entry = entries().get(person.hash());
    if (entry != null) {
      entry.refusedUpTo = 0;
    }
  }

  boolean isUnseen(Person person) {
    Entry entry = entries().get(person.hash());
    return entry != null && entry.unseen;
  }

  /** Some of those who waited when the task began and were not looked at since. */
  public List<Entry> unseen(int most) {
    return entries().values().stream().filter(entry -> entry.unseen).limit(most).toList();
  }

  /** Some of those whose oldest frame came at that time or before; who waits for longest first. */
  public List<Entry> waitingSince(long millis, int most) {
    return entries().values().stream()
        .filter(entry -> entry.oldestArrivalMillis <= millis)
        .sorted(Comparator.comparingLong(Entry::oldestArrivalMillis))
        .limit(most)
        .toList();
  }

  /** The entry of a person who has waiting frames. */
  Entry of(Person person) {
    return entries().computeIfAbsent(person.hash(), Entry::new);
  }

  private Map<PersonHash, Entry> entries() {
    Map<PersonHash, Entry> known = entries;
    if (known == null) {
      known = new HashMap<>();
      for (PersonHash hash : index.persons()) {
        Entry entry = new Entry(hash);
        entry.unseen = true;
        known.put(hash, entry);
      }
      entries = known;
    }
    return known;
  }

  /** Who waits goes on to wait where the task goes, and no longer counts here. */
  @Override
  public void close() {
    if (entries != null) {
      entries.values().forEach(entry -> counters.addWaitingFrames(-entry.frames));
    }
  }
}
