package io.paffmem.topology.person;

/**
 * A face that stands for those like it while a memory is seeded.
 *
 * @param frame whose imagined faces seed it; another frame's if those of the first were refused
 * @param z [latentSize] of the first frame that looked like this
 */
public record View(FrameKey frame, State state, float[] z) {

  /** What became of its seed request. */
  public enum State {
    /** The memory was not trained on an answer yet. */
    ASKED((byte) 0),
    /** The memory was trained on its faces. */
    SEEDED((byte) 1),
    /** The PK refused to imagine faces, so the next frame like it may ask. */
    VACANT((byte) 2);

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
      throw new IllegalArgumentException("view of state " + code);
    }
  }

  /** The same in another state. */
  View become(State other) {
    return new View(frame, other, z);
  }
}
