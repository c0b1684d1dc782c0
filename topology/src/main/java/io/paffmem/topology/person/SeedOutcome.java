package io.paffmem.topology.person;

/**
 * What came of the seed request of one frame.
 *
 * @param number place of the first answer among the person's answers
 */
public record SeedOutcome(long number, State state) {

  /** A frame as a generation of the memory sees it. */
  public record Key(int generation, FrameKey frame) {}

  /** What became of the first answer to a frame. */
  public enum State {
    /** Pairs that no memory was trained on yet. */
    PAIRS((byte) 0),
    /** No pairs. */
    REFUSED((byte) 1),
    /** No pairs at first, and late ones since. */
    REFUSED_THEN_PAIRS((byte) 2),
    /** The frame is through, and what else may be answered to it counts no more. */
    THROUGH((byte) 3),
    /** The frame is through without pairs; if some come, they are late. */
    REFUSED_THROUGH((byte) 4);

    private final byte code;

    State(byte code) {
      this.code = code;
    }

    /** As rows have it. */
    public byte code() {
      return code;
    }

    /**
     * The state of that code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static State of(byte code) {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new IllegalArgumentException("outcome of state " + code);
    }

    public boolean isThrough() {
      return this == THROUGH || this == REFUSED_THROUGH;
    }

    /** Whether pairs would count as late. */
    public boolean takesLate() {
      return this == REFUSED || this == REFUSED_THROUGH;
    }
  }
}
