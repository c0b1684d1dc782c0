package io.paffmem.topology.person;

/**
 * What {@code seeds} says of one frame: that it waits no longer, and what came of its request.
 *
 * @param number place of the first of these records among the person's records on {@code seeds}
 * @param answerNumber likewise of the answer to the request, which may be the first; {@link
 *     #NO_ANSWER} until it comes
 */
public record SeedOutcome(long number, long answerNumber, State state) {
  public static final long NO_ANSWER = -1;

  /** A frame as a generation of the memory sees it. */
  public record Key(int generation, FrameKey frame) {}

  /** What came of the request. */
  public enum State {
    /** No answer yet. */
    OPEN((byte) 0),
    /** Pairs that no memory was trained on yet. */
    PAIRS((byte) 1),
    /** There will be no pairs. */
    REFUSED((byte) 2);

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
  }

  /** Only the frame is answered. */
  static SeedOutcome open(long number) {
    return new SeedOutcome(number, NO_ANSWER, State.OPEN);
  }

  /** Whether the request is answered by a record before that number. */
  public boolean isAnsweredBefore(long before) {
    return state != State.OPEN && answerNumber < before;
  }

  /** Whether the answer to the request is what the frame was answered with. */
  public boolean isAnsweredFirst() {
    return answerNumber == number;
  }
}
