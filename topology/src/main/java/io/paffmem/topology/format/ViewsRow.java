package io.paffmem.topology.format;

import io.paffmem.topology.person.FrameKey;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.person.View;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The views of a memory that is being seeded. */
public final class ViewsRow {
  private static final int BYTES_BEFORE_Z = 3 * 8 + 1;

  private ViewsRow() {}

  /**
   * The row of these views.
   *
   * @param views at least one; their z have one length
   */
  public static byte[] write(List<View> views) {
    int numbers = views.get(0).z().length;
    ByteBuffer row = RowFormat.begin(2 * 4 + views.size() * (BYTES_BEFORE_Z + 4 * numbers));
    row.putInt(views.size()).putInt(numbers);
    for (View view : views) {
      TextHash stream = view.frame().stream();
      row.putLong(stream.high()).putLong(stream.low()).putLong(view.frame().sequence());
      row.put(view.state().code());
      RowFormat.putFloats(row, view.z());
    }
    return RowFormat.done(row);
  }

  /**
   * Reads them back.
   *
   * @param latentSize numbers in z
   */
  public static List<View> read(byte[] bytes, int latentSize) throws MalformedRowException {
    return RowFormat.read(
        "views",
        bytes,
        row -> {
          int count = row.getInt();
          int numbers = row.getInt();
          if (numbers != latentSize
              || row.remaining() != (long) count * (BYTES_BEFORE_Z + 4L * numbers)) {
            throw new IllegalArgumentException(
                "%d views of %d numbers in %d bytes".formatted(count, numbers, row.remaining()));
          }
          List<View> views = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            TextHash stream = new TextHash(row.getLong(), row.getLong());
            FrameKey frame = new FrameKey(stream, row.getLong());
            View.State state = View.State.of(row.get());
            views.add(new View(frame, state, RowFormat.floats(row, numbers)));
          }
          return views;
        });
  }
}
