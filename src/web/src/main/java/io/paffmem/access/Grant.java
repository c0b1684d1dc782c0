package io.paffmem.access;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the bearer of one token may do. */
public final class Grant {
  private static final List<NamePattern> EVERYBODY = List.of(new NamePattern("*"));

  private final String name;
  private final List<NamePattern> publishPeople;
  private final List<NamePattern> publishStreams;
  private final List<NamePattern> readPeople;
  private final List<NamePattern> forgetPeople;
  private final List<NamePattern> teachPeople;
  private final @Nullable List<NamePattern> purposes;
  private final boolean isExempt;
  private volatile boolean isRevoked;

  /**
   * @param purposes that may be declared; null for any
   * @param isExempt whether the exemption for medical and safety purposes may be claimed
   */
  Grant(
      String name,
      List<NamePattern> publishPeople,
      List<NamePattern> publishStreams,
      List<NamePattern> readPeople,
      List<NamePattern> forgetPeople,
      List<NamePattern> teachPeople,
      @Nullable List<NamePattern> purposes,
      boolean isExempt) {
    this.name = name;
    this.publishPeople = List.copyOf(publishPeople);
    this.publishStreams = List.copyOf(publishStreams);
    this.readPeople = List.copyOf(readPeople);
    this.forgetPeople = List.copyOf(forgetPeople);
    this.teachPeople = List.copyOf(teachPeople);
    this.purposes = purposes == null ? null : List.copyOf(purposes);
    this.isExempt = isExempt;
  }

  static Grant everything(String name) {
    return new Grant(name, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY, null, false);
  }

  /** Whether another has the same name and rights. */
  boolean isSameAs(Grant other) {
    return name.equals(other.name)
        && publishPeople.equals(other.publishPeople)
        && publishStreams.equals(other.publishStreams)
        && readPeople.equals(other.readPeople)
        && forgetPeople.equals(other.forgetPeople)
        && teachPeople.equals(other.teachPeople)
        && Objects.equals(purposes, other.purposes)
        && isExempt == other.isExempt;
  }

  /** From now on nothing is granted. */
  void revoke() {
    isRevoked = true;
  }

  /** Whether the token, or one of its rights, was taken away: then it may do nothing any more. */
  public boolean isRevoked() {
    return isRevoked;
  }

  /** What the operator calls the token; may be logged. */
  public String name() {
    return name;
  }

  /** Whether frames of this person may be published as this stream. */
  public boolean mayPublish(String person, String stream) {
    return !isRevoked && anyMatches(publishPeople, person) && anyMatches(publishStreams, stream);
  }

  /**
   * Whether frames may be published for this purpose.
   *
   * @param purpose null if none is declared
   */
  public boolean mayDeclare(@Nullable String purpose) {
    List<NamePattern> allowed = purposes;
    return allowed == null || (purpose != null && anyMatches(allowed, purpose));
  }

  /**
   * Whether streams about people at work or in education may be published for a medical or safety
   * purpose.
   */
  public boolean mayClaimExemption() {
    return isExempt;
  }

  /** Whether there may be anybody whose emotions may be read. */
  public boolean mayReadSome() {
    return !isRevoked && !readPeople.isEmpty();
  }

  /** Whether this person's emotions and memory may be read. */
  public boolean mayRead(String person) {
    return !isRevoked && anyMatches(readPeople, person);
  }

  /** Whether this person may be forgotten or reset. */
  public boolean mayForget(String person) {
    return !isRevoked && anyMatches(forgetPeople, person);
  }

  /** Whether this person's memory may be taught, and what it was taught taken back. */
  public boolean mayTeach(String person) {
    return !isRevoked && anyMatches(teachPeople, person);
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
