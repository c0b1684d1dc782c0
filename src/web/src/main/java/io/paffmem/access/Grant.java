package io.paffmem.access;

import java.util.List;

/** What the bearer of one token may do. */
public final class Grant {
  private static final List<NamePattern> EVERYBODY = List.of(new NamePattern("*"));

  private final String name;
  private final List<NamePattern> publishPeople;
  private final List<NamePattern> publishStreams;
  private final List<NamePattern> readPeople;
  private final List<NamePattern> forgetPeople;

  Grant(
      String name,
      List<NamePattern> publishPeople,
      List<NamePattern> publishStreams,
      List<NamePattern> readPeople,
      List<NamePattern> forgetPeople) {
    this.name = name;
    this.publishPeople = List.copyOf(publishPeople);
    this.publishStreams = List.copyOf(publishStreams);
    this.readPeople = List.copyOf(readPeople);
    this.forgetPeople = List.copyOf(forgetPeople);
  }

  static Grant everything(String name) {
    return new Grant(name, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY);
  }

  /** What the operator calls the token; may be logged. */
  public String name() {
    return name;
  }

  /** Whether frames of this person may be published as this stream. */
  public boolean mayPublish(String person, String stream) {
    return anyMatches(publishPeople, person) && anyMatches(publishStreams, stream);
  }

  /** Whether there may be anybody whose emotions may be read. */
  public boolean mayReadSome() {
    return !readPeople.isEmpty();
  }

  /** Whether this person's emotions and memory may be read. */
  public boolean mayRead(String person) {
    return anyMatches(readPeople, person);
  }

  /** Whether this person may be forgotten or reset. */
  public boolean mayForget(String person) {
    return anyMatches(forgetPeople, person);
  }

  private static boolean anyMatches(List<NamePattern> patterns, String name) {
    // Asked for every event and every reader: no stream.
    for (NamePattern pattern : patterns) {
      if (pattern.matches(name)) {
        return true;
      }
    }
    return false;
  }
}
