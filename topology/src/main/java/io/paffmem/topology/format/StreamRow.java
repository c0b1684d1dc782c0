package io.paffmem.topology.format;

import io.paffmem.memory.Course;
import io.paffmem.topology.person.StreamWindow;
import java.nio.ByteBuffer;

/** Which of a stream's last sequences were seen, and the last answer on it. */
public final class StreamRow {
  private StreamRow() {}

  public static byte[] write(StreamWindow window) {
    ByteBuffer row = RowFormat.begin(24 + 8 * StreamWindow.WORDS + Course.BYTES);
    row.putLong(window.highest()).putLong(window.lastSeenMillis());
    row.putLong(window.lastCapturedMillis());
    for (int word = 0; word < StreamWindow.WORDS; word++) {
      row.putLong(window.seenWord(word));
    }
    window.course().writeTo(row);
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
          return StreamWindow.restored(
              highest, lastSeenMillis, lastCapturedMillis, seen, Course.readFrom(row));
        });
  }
}
