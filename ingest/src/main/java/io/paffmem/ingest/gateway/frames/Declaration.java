package io.paffmem.ingest.gateway.frames;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says of a stream before its first frame.
 *
 * @param rate frames a second that the publisher wishes, above 0
 * @param purpose what the frames are processed for, in the publisher's words, but {@code medical}
 *     and {@code safety} mean these; null if not said
 * @param consent reference to the person's consent in the publisher's books; null if not said
 * @param subjects whom the stream is about; null if not said
 */
public record Declaration(
    String person,
    String stream,
    double rate,
    @Nullable String purpose,
    @Nullable String consent,
    @Nullable Subjects subjects,
    PictureKind picture) {

  private static final Set<String> EXEMPT_PURPOSES = Set.of("medical", "safety");

  /** The same, of a person who is called otherwise. */
  public Declaration of(String otherPerson) {
    return new Declaration(otherPerson, stream, rate, purpose, consent, subjects, picture);
  }

  /**
   * What somebody in a stream of many is called.
   *
   * @param number from 1, in the order of their appearance
   */
  String member(int number) {
    return memberPrefix() + number;
  }

  /** What all of them are called, but for the number. */
  String memberPrefix() {
    return person + "/";
  }

  boolean isOfMany() {
    return picture == PictureKind.MANY;
  }

  /** Whom a stream is about. */
  public enum Subjects {
    CUSTOMERS,
    EMPLOYEES,
    STUDENTS,
    PATIENTS,
    PARTICIPANTS,
    OTHERS
  }

  /** What each picture shows. */
  public enum PictureKind {
    /** Whatever the camera sees; the face is looked for. */
    WHOLE,
    /** Whatever the camera sees; every face is looked for, and each is a person of its own. */
    MANY,
    /** The face alone, cut out by the publisher. */
    FACE
  }

  /**
   * Whether inferring emotions here is what the EU's AI Act prohibits: of people at work or in
   * education, for neither medical nor safety reasons (Art. 5(1)(f)).
   */
  boolean isProhibited() {
    return isAtWorkOrInEducation() && !isExempt();
  }

  /** Whether it would be prohibited but for its purpose. */
  boolean isExemption() {
    return isAtWorkOrInEducation() && isExempt();
  }

  private boolean isAtWorkOrInEducation() {
    return subjects == Subjects.EMPLOYEES || subjects == Subjects.STUDENTS;
  }

  private boolean isExempt() {
    return purpose != null && EXEMPT_PURPOSES.contains(purpose.toLowerCase(Locale.ROOT));
  }
}
