package io.paffmem.topology.person;

/** What stands in a person's queue: a frame, or a reset or teaching behind frames. */
public sealed interface Waiting {
  /** Place in the person's queue; grows. */
  long index();

  /** About how many bytes of heap it takes. */
  long heapBytes();

  /** A frame that waits for its seeds, or behind one that does. */
  final class Frame implements Waiting {
    /** No request was sent. */
    public static final int NOT_ASKED = -1;

    private final long index;
    private final long arrivedAtMillis;
    private final FaceFrame face;
    private int askedGeneration;

    /** A frame for which no seeds were asked. */
    public Frame(long index, long arrivedAtMillis, FaceFrame face) {
      this(index, arrivedAtMillis, face, NOT_ASKED);
    }

    /** A frame for which a generation of the memory asked seeds. */
    public Frame(long index, long arrivedAtMillis, FaceFrame face, int askedGeneration) {
      this.index = index;
      this.arrivedAtMillis = arrivedAtMillis;
      this.face = face;
      this.askedGeneration = askedGeneration;
    }

    @Override
    public long index() {
      return index;
    }

    /** When it came, by the clock on the wall. */
    public long arrivedAtMillis() {
      return arrivedAtMillis;
    }

    public FaceFrame face() {
      return face;
    }

    /** Generation for which seeds were asked, or {@link #NOT_ASKED}. */
    public int askedGeneration() {
      return askedGeneration;
    }

    void ask(int generation) {
      askedGeneration = generation;
    }

    @Override
    public long heapBytes() {
      return 400L + 4L * face.z().length;
    }
  }

  /** A teaching that waits for the frames before it. */
  record Teaching(long index, Command command, Lesson lesson) implements Waiting {
    @Override
    public long heapBytes() {
      return 600L;
    }
  }

  /** The memory ends here, and another one begins. */
  sealed interface Reset extends Waiting {
    /** How many seeded frames the other memory counts for at its beginning. */
    int seeded();
  }

  /** An empty memory, because no frame of the person came for too long. Nobody gets a receipt. */
  record IdleReset(long index, long timestampMillis) implements Reset {
    @Override
    public int seeded() {
      return 0;
    }

    @Override
    public long heapBytes() {
      return 400L;
    }
  }

  /** An empty memory, by a command; one that leaves what was taught is empty but for that. */
  record CommandedReset(long index, Command command) implements Reset {
    @Override
    public int seeded() {
      return 0;
    }

    @Override
    public long heapBytes() {
      return 400L;
    }
  }

  /**
   * An imported memory.
   *
   * @param memory an exported memory's file that was found good when it came
   * @param seeded how many seeded frames it counts for here
   */
  record ImportReset(long index, Command command, byte[] memory, int seeded) implements Reset {
    @Override
    public long heapBytes() {
      return 400L + memory.length;
    }
  }
}
