package io.paffmem.topology.format;

import io.paffmem.memory.Course;
import io.paffmem.memory.guard.StreamLook;
import io.paffmem.topology.person.StreamWindow;
import io.paffmem.topology.person.StreamWindow.LastKept;
import java.nio.ByteBuffer;

/**
 * Which of a stream's last sequences were seen, the last answer on it, where faces were compared,
 * how much they look like the person, and, where faces are kept to be taught, the last.
 */
public final class StreamRow {
  /** Of a face that is kept; fewer than of a look, by which they are told apart. */
  private static final int KEPT = 2 * Long.BYTES + 1;

  private StreamRow() {}

  public static byte[] write(StreamWindow window) {
    ByteBuffer row =
        RowFormat.begin(24 + 8 * StreamWindow.WORDS + Course.BYTES + StreamLook.BYTES + KEPT);
    row.putLong(window.highest()).putLong(window.lastSeenMillis());
    row.putLong(window.lastCapturedMillis());
    for (int word = 0; word < StreamWindow.WORDS; word++) {
      row.putLong(window.seenWord(word));
    }
    window.course().writeTo(row);
    if (window.look().isBegun()) {
      window.look().writeTo(row);
    }
    LastKept kept = window.lastKept();
    if (kept != null) {
      row.putLong(kept.sequence()).putLong(kept.seenAtMillis());
      row.put((byte) (kept.isTeachable() ? 1 : 0));
    }
    return RowFormat.done(row);
  }

  public static StreamWindow read(byte[] bytes) throws MalformedRowException {
    return RowFormat.read(
        "stream",
        bytes,
        row -> {
          long highest = row.getLong();
          long lastSeenMillis = row.getLong();
          long lastCapturedMillis = row.getLong();
          long[] seen = new long[StreamWindow.WORDS];
          for (int word = 0; word < seen.length; word++) {
            seen[word] = row.getLong();
          }
          Course course = Course.readFrom(row);
          StreamLook look = row.remaining() > KEPT ? StreamLook.readFrom(row) : new StreamLook();
          LastKept kept =
              row.hasRemaining()
                  ? new LastKept(row.getLong(), row.getLong(), row.get() != 0)
                  : null;
          return StreamWindow.restored(
              highest, lastSeenMillis, lastCapturedMillis, seen, course, look, kept);
        });
  }
}
