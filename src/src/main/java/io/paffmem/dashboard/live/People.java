package io.paffmem.dashboard.live;

import io.paffmem.dashboard.config.DashboardConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everybody of whom an event came lately, in bounded memory: the longest unseen go first, and each
 * history has its share of the points. Thread-safe; the hub adds, everybody reads.
 */
public final class People {
  private static final int MOST_DEPARTURES = 10_000;

  /** A person who is not shown any more. */
  public record Departure(String person, long change) {}

  private final DashboardConfig config;
  private final Clock clock;

  // Guarded by this.
  /** The longest unseen first. */
  private final Map<String, PersonState> byName = new LinkedHashMap<>();

  private final List<Departure> departures = new ArrayList<>();
  private long blocks;
  private long change = 1;

  public People(DashboardConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Takes an event; the hub's thread alone. */
  void take(Event event) {
    long now = event.isHistory() ? event.ingestedAtMillis() : clock.millis();
    synchronized (this) {
      PersonState known = byName.remove(event.person());
      PersonState person = known == null ? new PersonState(event) : known;
      byName.put(event.person(), person);
      person.take(event, now, idleMillis(), change);
      blocks -= person.history().blocks();
      synchronized (person) {
        person.history().add(event, oldestMillis());
      }
      blocks += person.history().blocks();
      makeRoom();
      if (byName.size() > config.limits().maxPeople()) {
        depart(byName.keySet().iterator().next());
      }
    }
  }

  /** Takes from those who have more than their share, from the longest unseen first. */
  private void makeRoom() {
    long all = config.limits().historyPoints() / History.BLOCK_POINTS;
    long share = Math.max(1, all / byName.size());
    for (PersonState person : byName.values()) {
      if (blocks <= all) {
        return;
      }
      int own = person.history().blocks();
      if (own > share) {
        trim(person, (int) Math.max(share, own - (blocks - all)));
      }
    }
  }

  /** Throws away what is too old of people of whom nothing comes any more; called now and then. */
  public synchronized void tidy() {
    for (PersonState person : byName.values()) {
      trim(person, Integer.MAX_VALUE);
    }
  }

  private void trim(PersonState person, int mostBlocks) {
    blocks -= person.history().blocks();
    synchronized (person) {
      person.history().trim(oldestMillis(), mostBlocks);
    }
    blocks += person.history().blocks();
  }

  private long oldestMillis() {
    return clock.millis() - config.patience().history().toMillis();
  }

  /** Lets a person go; one of whom more frames come starts again. */
  synchronized void forget(String person) {
    depart(person);
  }

  private void depart(String person) {
    PersonState state = byName.remove(person);
    if (state != null) {
      blocks -= state.history().blocks();
      departures.add(new Departure(person, change));
      if (departures.size() > MOST_DEPARTURES) {
        departures.subList(0, MOST_DEPARTURES / 2).clear();
      }
    }
  }

  public synchronized @Nullable PersonState find(String person) {
    return byName.get(person);
  }

  public synchronized List<PersonState> all() {
    return new ArrayList<>(byName.values());
  }

  /** Who has gone since then; some of them may be back, and have started again. */
  public synchronized List<Departure> departuresSince(long since) {
    return departures.stream().filter(departure -> departure.change() > since).toList();
  }

  /** Ends an update: what comes from now on belongs to the next. */
  public synchronized long nextChange() {
    return change++;
  }

  public synchronized int size() {
    return byName.size();
  }

  public synchronized long points() {
    return byName.values().stream().mapToLong(person -> person.history().points()).sum();
  }

  public long nowMillis() {
    return clock.millis();
  }

  public long idleMillis() {
    return config.patience().idle().toMillis();
  }
}
