package io.paffmem.memory.guard;

/** What a {@link FaceGuard} says of a frame. */
public enum Likeness {
  /** Nothing: no look is known, of the frame or of the person. */
  UNKNOWN(0),
  /** It looks like the person. */
  PERSON(1),
  /** It looks like somebody else: it is answered by the PK, and nothing is learnt from it. */
  STRANGER(2);

  private final int code;

  Likeness(int code) {
    this.code = code;
  }

  /** For rows; never given to another. */
  public int code() {
    return code;
  }

  /**
   * The one of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Likeness of(int code) {
    for (Likeness likeness : values()) {
      if (likeness.code == code) {
        return likeness;
      }
    }
    throw new IllegalArgumentException("likeness " + code);
  }
}
