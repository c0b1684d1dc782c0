package io.paffmem.ingest.gateway;

import io.paffmem.ingest.gateway.frames.ByteBudget;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The picture that a feed is sending, piece by piece. Its bytes count against the budget of all
 * feeds; what is too much is read and thrown away, so that the feed can be told. Used by one thread
 * at a time.
 */
final class MessageBuffer {
  private static final int FIRST_BYTES = 16 * 1024;

  /** Whether the whole message is here. */
  enum State {
    WHOLE,
    TOO_LARGE,
    NO_ROOM
  }

  private final int most;
  private final ByteBudget budget;
  private byte[] bytes = {};
  private int length;
  private State state = State.WHOLE;

  MessageBuffer(int most, ByteBudget budget) {
    this.most = most;
    this.budget = budget;
  }

  void add(ByteBuffer piece) {
    int more = piece.remaining();
    if (state != State.WHOLE) {
      return;
    }
    if (more > most - length) {
      drop(State.TOO_LARGE);
      return;
    }
    if (length + more > bytes.length) {
      int grown = Math.min(most, Math.max(length + more, Math.max(FIRST_BYTES, 2 * bytes.length)));
      if (!budget.tryHold(grown - bytes.length)) {
        drop(State.NO_ROOM);
        return;
      }
      bytes = Arrays.copyOf(bytes, grown);
    }
    piece.get(bytes, length, more);
    length += more;
  }

  State state() {
    return state;
  }

  /** The message so far; this is empty afterwards. */
  byte[] take() {
    byte[] message = Arrays.copyOf(bytes, length);
    clear();
    return message;
  }

  /** Forgets the message, for the next one. */
  void clear() {
    drop(State.WHOLE);
  }

  private void drop(State becomes) {
    budget.release(bytes.length);
    bytes = new byte[0];
    length = 0;
    state = becomes;
  }
}
