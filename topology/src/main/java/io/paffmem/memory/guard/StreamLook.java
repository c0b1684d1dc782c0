package io.paffmem.memory.guard;

import java.nio.ByteBuffer;

/**
 * How much the faces of one stream look like its person, now and usually. Three numbers and two
 * times: nobody is known by them. Mutable.
 */
public final class StreamLook {
  /** Bytes of {@link #writeTo}. */
  public static final int BYTES = 2 * Float.BYTES + Integer.BYTES + 2 * Long.BYTES;

  boolean begun;

  /** The similarity now, small changes averaged. */
  float now;

  /** The mean similarity of the faces that were taken for the person's. */
  float level;

  /** How many of these there were, as far as it matters. */
  int taken;

  long lastMillis;
  long lastTakenMillis;

  /** Whether a face was compared. */
  public boolean isBegun() {
    return begun;
  }

  /** The stream begins again. */
  public void clear() {
    begun = false;
    now = 0;
    level = 0;
    taken = 0;
    lastMillis = 0;
    lastTakenMillis = 0;
  }

  /** Writes {@link #BYTES} bytes. */
  public void writeTo(ByteBuffer bytes) {
    bytes.putFloat(now).putFloat(level).putInt(taken);
    bytes.putLong(lastMillis).putLong(lastTakenMillis);
  }

  /**
   * Reads what {@link #writeTo} wrote of a stream that had begun.
   *
   * @throws IllegalArgumentException if no similarities are such
   */
  public static StreamLook readFrom(ByteBuffer bytes) {
    StreamLook stream = new StreamLook();
    stream.begun = true;
    stream.now = bytes.getFloat();
    stream.level = bytes.getFloat();
    stream.taken = bytes.getInt();
    stream.lastMillis = bytes.getLong();
    stream.lastTakenMillis = bytes.getLong();
    // Written so that NaN fails; rounding may lead a little out of [-1, 1].
    if (!(Math.abs(stream.now) <= 1.01) || !(Math.abs(stream.level) <= 1.01) || stream.taken < 0) {
      throw new IllegalArgumentException("similarities that cannot be");
    }
    return stream;
  }
}
