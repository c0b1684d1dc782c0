package io.paffmem.dashboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.paffmem.access.Grant;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.live.DashboardCounters;
import io.paffmem.dashboard.live.People;
import io.paffmem.dashboard.live.PersonState;
import io.paffmem.dashboard.live.QueueBudget;
import io.paffmem.dashboard.live.SharedBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells readers of the list, now and then, who has changed. */
public final class PeopleUpdates {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] GONE = "event: gone\ndata: ".getBytes(UTF_8);
  private static final byte[] PEOPLE = "event: people\ndata: ".getBytes(UTF_8);
  private static final byte[] END = "\n\n".getBytes(UTF_8);

  private final People people;
  private final DashboardConfig config;
  private final QueueBudget budget;
  private final DashboardCounters counters;
  private final Set<PeopleReader> readers = ConcurrentHashMap.newKeySet();

  /** Readers who get the same: the same token, and the same seen before. */
  private record Key(Grant grant, long seen) {}

  /**
   * @param budget of all readers together, also of those who read events
   */
  public PeopleUpdates(
      People people, DashboardConfig config, QueueBudget budget, DashboardCounters counters) {
    this.people = people;
    this.config = config;
    this.budget = budget;
    this.counters = counters;
  }

  void add(PeopleReader reader) {
    readers.add(reader);
  }

  void remove(PeopleReader reader) {
    readers.remove(reader);
    reader.gone();
  }

  public void end() {
    readers.forEach(reader -> reader.stream().end());
  }

  /** Ends the streams of those whose token, or right, was taken away. */
  public void endRevoked() {
    for (PeopleReader reader : readers) {
      if (reader.grant().isRevoked()) {
        reader.stream().end();
      }
    }
  }

  /** One update; called by one thread. */
  public void update() {
    long now = people.nowMillis();
    long change = people.nextChange();
    List<PersonState> all = people.all();
    long[] changes = new long[all.size()];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = all.get(i).change(now, people.idleMillis(), change);
    }
    DashboardConfig.Patience patience = config.patience();
    Map<Key, SharedBytes> updates = new HashMap<>();
    boolean isFull = false;
    for (PeopleReader reader : readers) {
      if (reader.isWriting()) {
        if (reader.nanos() > patience.reading().toNanos()) {
          drop(reader);
        }
        continue;
      }
      Key key = new Key(reader.grant(), reader.seen());
      SharedBytes update = updates.get(key);
      if (update == null && !isFull) {
        SharedBytes fresh = new SharedBytes(update(key, all, changes, now));
        if (fresh.bytes().length == 0 || budget.hasRoomFor(fresh)) {
          // It is there until all have been looked at, no matter who takes it.
          budget.take(fresh);
          updates.put(key, fresh);
          update = fresh;
        } else {
          isFull = true;
        }
      }
      if (update == null) {
        continue; // and gets the sum with the next
      }
      if (update.bytes().length > 0) {
        reader.write(update, change);
      } else if (reader.nanos() > patience.ping().toNanos()) {
        reader.write(new SharedBytes(EventStream.PING), change);
      } else {
        reader.see(change);
      }
    }
    updates.values().forEach(budget::giveBack);
    if (isFull) {
      dropSlowest();
    }
  }

  /** Makes room: who comes must not wait for who does not read. */
  private void dropSlowest() {
    readers.stream()
        .filter(PeopleReader::isWriting)
        .max(Comparator.comparingLong(PeopleReader::writingNanos))
        .ifPresent(this::drop);
  }

  private void drop(PeopleReader reader) {
    counters.slowReaders.increment();
    reader.stream().abort();
  }

  /** Empty if nothing has changed; the first always says something. */
  private byte[] update(Key key, List<PersonState> all, long[] changes, long now) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (People.Departure departure : people.departuresSince(key.seen())) {
      if (key.seen() >= 0 && key.grant().mayRead(departure.person())) {
        out.writeBytes(GONE);
        write(out, json -> json.writeStringField("person", departure.person()));
        out.writeBytes(END);
      }
    }
    List<PersonState> changed = new ArrayList<>();
    for (int i = 0; i < changes.length; i++) {
      if (changes[i] > key.seen() && key.grant().mayRead(all.get(i).person())) {
        changed.add(all.get(i));
      }
    }
    if (!changed.isEmpty() || key.seen() < 0) {
      out.writeBytes(PEOPLE);
      write(changed, now, out);
      out.writeBytes(END);
    }
    return out.toByteArray();
  }

  /** Everybody whom a token may read, as JSON. */
  byte[] all(Grant grant) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<PersonState> readable = new ArrayList<>(people.all());
    readable.removeIf(person -> !grant.mayRead(person.person()));
    write(readable, people.nowMillis(), out);
    return out.toByteArray();
  }

  private void write(List<PersonState> changed, long now, ByteArrayOutputStream out) {
    write(
        out,
        json -> {
          json.writeArrayFieldStart("people");
          for (PersonState person : changed) {
            json.writeRawValue(person.json(now, people.idleMillis()));
          }
          json.writeEndArray();
          json.writeNumberField("serverTime", now);
        });
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static void write(ByteArrayOutputStream out, Fields fields) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
