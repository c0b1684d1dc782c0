package io.paffmem.topology.format;

import io.paffmem.memory.Course;
import io.paffmem.memory.StreamLook;
import io.paffmem.topology.person.StreamWindow;
import java.nio.ByteBuffer;

/**
 * Which of a stream's last sequences were seen, the last answer on it, and, where faces were
 * compared, how much they look like the person.
 */
public final class StreamRow {
  private StreamRow() {}

  public static byte[] write(StreamWindow window) {
    ByteBuffer row = RowFormat.begin(24 + 8 * StreamWindow.WORDS + Course.BYTES + StreamLook.BYTES);
    row.putLong(window.highest()).putLong(window.lastSeenMillis());
    row.putLong(window.lastCapturedMillis());
    for (int word = 0; word < StreamWindow.WORDS; word++) {
      row.putLong(window.seenWord(word));
    }
    window.course().writeTo(row);
    if (window.look().isBegun()) {
      window.look().writeTo(row);
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
          StreamLook look = row.hasRemaining() ? StreamLook.readFrom(row) : new StreamLook();
          return StreamWindow.restored(
              highest, lastSeenMillis, lastCapturedMillis, seen, course, look);
        });
  }
}
