package io.paffmem.dashboard.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everybody who reads events. Readers come and go on any thread; the hub passes events on. */
public final class EventReaders {
  // Replaced as a whole, so that the hub sees one state without a lock.
  private volatile Map<Audience.Key, Audience> audiences = Map.of();
  private volatile List<Audience> ofAll = List.of();
  private volatile Map<String, List<Audience>> ofPerson = Map.of();

  /** Audiences with events that are not passed on yet; used by the hub's thread alone. */
  private final Set<Audience> waiting = new LinkedHashSet<>();

  public synchronized void add(Audience.Key key, EventReader reader) {
    Audience audience = audiences.get(key);
    if (audience == null) {
      audience = new Audience(key);
      Map<Audience.Key, Audience> more = new HashMap<>(audiences);
      more.put(key, audience);
      set(more);
    }
    audience.readers().add(reader);
  }

  public synchronized void remove(Audience.Key key, EventReader reader) {
    Audience audience = audiences.get(key);
    if (audience != null) {
      audience.readers().remove(reader);
      if (audience.readers().isEmpty()) {
        Map<Audience.Key, Audience> fewer = new HashMap<>(audiences);
        fewer.remove(key);
        set(fewer);
      }
    }
  }

  private void set(Map<Audience.Key, Audience> all) {
    List<Audience> everybody = new ArrayList<>();
    Map<String, List<Audience>> byPerson = new HashMap<>();
    for (Audience audience : all.values()) {
      if (audience.key().people().isEmpty()) {
        everybody.add(audience);
      }
      for (String person : audience.key().people()) {
        byPerson.computeIfAbsent(person, any -> new ArrayList<>()).add(audience);
      }
    }
    audiences = all;
    ofAll = everybody;
    ofPerson = byPerson;
  }

  /** Takes an event. It is put into words only if somebody reads it, and then once. */
  void take(Event event) {
    String person = event.person();
    EmotionMessage message = null;
    for (Audience audience : ofAll) {
      if (audience.wants(person)) {
        message = add(audience, message, event);
      }
    }
    for (Audience audience : ofPerson.getOrDefault(person, List.of())) {
      if (audience.wants(person)) {
        message = add(audience, message, event);
      }
    }
  }

  private EmotionMessage add(Audience audience, @Nullable EmotionMessage known, Event event) {
    EmotionMessage message = known == null ? EmotionMessage.of(event) : known;
    audience.add(message);
    waiting.add(audience);
    return message;
  }

  /** Passes on what was taken since the last time. */
  void pass() {
    waiting.forEach(Audience::pass);
    waiting.clear();
  }

  /** Those whose token, or right, was taken away. */
  public List<EventReader> ofRevoked() {
    List<EventReader> revoked = new ArrayList<>();
    for (Audience audience : audiences.values()) {
      if (audience.key().grant().isRevoked()) {
        revoked.addAll(audience.readers());
      }
    }
    return revoked;
  }

  public List<EventReader> all() {
    List<EventReader> all = new ArrayList<>();
    audiences.values().forEach(audience -> all.addAll(audience.readers()));
    return all;
  }
}
