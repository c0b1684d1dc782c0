package io.paffmem.dashboard.live;

import io.paffmem.access.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** All readers who see the same events, and what has come for them since the last chunk. */
public final class Audience {
  /**
   * What is seen.
   *
   * @param grant of their token; one object for each token
   * @param people whose events are wished; empty for all that the token may read
   */
  public record Key(Grant grant, Set<String> people) {
    public Key {
      people = Set.copyOf(people);
    }
  }

  private final Key key;
  private final List<EventReader> readers = new CopyOnWriteArrayList<>();

  /** Used by the hub's thread alone. */
  private final List<EmotionMessage> fresh = new ArrayList<>();

  Audience(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  List<EventReader> readers() {
    return readers;
  }

  boolean wants(String person) {
    return key.people().isEmpty()
        ? key.grant().mayRead(person)
        : key.people().contains(person) && !key.grant().isRevoked();
  }

  void add(EmotionMessage message) {
    fresh.add(message);
  }

  /** Hands what has come to every reader. */
  void pass() {
    if (!fresh.isEmpty()) {
      Chunk chunk = new Chunk(fresh);
      fresh.clear();
      for (EventReader reader : readers) {
        reader.offer(chunk);
      }
    }
  }
}
