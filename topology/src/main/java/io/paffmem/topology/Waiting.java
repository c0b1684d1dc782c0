package io.paffmem.topology;

import org.jspecify.annotations.Nullable;

/** What stands in a person's queue: a frame, or a reset that waits for the frames before it. */
sealed interface Waiting {
  /** Place in the person's queue; grows. */
  long index();

  /** About how many bytes of heap it takes. */
  long heapBytes();

  /** A frame that waits for its seeds, or behind one that does. */
  final class Frame implements Waiting {
    /** No request was sent. */
    static final int NOT_ASKED = -1;

    private final long index;
    final long arrivedAtMillis;
    final FaceFrame face;

    /** Generation for which seeds were asked, or {@link #NOT_ASKED}. */
    int askedGeneration = NOT_ASKED;

    Frame(long index, long arrivedAtMillis, FaceFrame face) {
      this.index = index;
      this.arrivedAtMillis = arrivedAtMillis;
      this.face = face;
    }

    @Override
    public long index() {
      return index;
    }

    @Override
    public long heapBytes() {
      return 400L + 4L * face.z.length;
    }
  }

  /**
   * A reset: to an empty memory, by a command or because the person was idle, or to a memory that
   * is imported.
   *
   * @param timestampMillis the command's own, for the receipt
   * @param memory a {@link MemoryFile} that was found good; null for an empty memory
   * @param seeded how many seeded frames that memory counts for
   */
  record Reset(
      long index,
      String personId,
      String commandId,
      long cutoffMillis,
      long timestampMillis,
      byte @Nullable [] memory,
      int seeded)
      implements Waiting {
    /** No command has an empty id. */
    private static final String NO_COMMAND = "";

    Reset(long index, String personId, String commandId, long cutoffMillis, long timestampMillis) {
      this(index, personId, commandId, cutoffMillis, timestampMillis, null, 0);
    }

    /** Of a person of whom no frame came for too long; nobody gets a receipt. */
    static Reset ofIdle(long index, long timestampMillis) {
      return new Reset(index, "", NO_COMMAND, 0, timestampMillis);
    }

    @Override
    public long heapBytes() {
      return 400L + (memory == null ? 0 : memory.length);
    }

    boolean isOfIdle() {
      return commandId.equals(NO_COMMAND);
    }
  }
}
