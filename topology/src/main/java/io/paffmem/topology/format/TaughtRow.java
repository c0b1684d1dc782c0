package io.paffmem.topology.format;

import io.paffmem.memory.TaughtMoment;
import java.nio.ByteBuffer;

/** A taught moment; exported files have it alike. */
public final class TaughtRow {
  private TaughtRow() {}

  public static byte[] write(TaughtMoment moment) {
    ByteBuffer row = RowFormat.begin(bytes(moment));
    put(row, moment);
    return RowFormat.done(row);
  }

  /** Reads what {@link #write} wrote. */
  public static TaughtMoment read(byte[] bytes) throws MalformedRowException {
    return RowFormat.read("taught", bytes, TaughtRow::get);
  }

  /** Bytes that {@link #put} writes. */
  static int bytes(TaughtMoment moment) {
    return 4 + RowFormat.utf8(moment.id()).length + 1 + 6 * 4 + 8 + 4 * moment.z().length;
  }

  static void put(ByteBuffer row, TaughtMoment moment) {
    RowFormat.putText(row, RowFormat.utf8(moment.id()));
    row.put((byte) (moment.neutral() ? 1 : 0));
    row.putFloat(moment.arousal()).putFloat(moment.valence());
    row.putFloat(moment.readArousal()).putFloat(moment.readValence());
    row.putInt(moment.faces()).putLong(moment.seenAtMillis());
    row.putInt(moment.z().length);
    RowFormat.putFloats(row, moment.z());
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException if no moment has such numbers
   */
  static TaughtMoment get(ByteBuffer row) {
    String id = RowFormat.getText(row);
    boolean neutral = row.get() != 0;
    float arousal = row.getFloat();
    float valence = row.getFloat();
    float readArousal = row.getFloat();
    float readValence = row.getFloat();
    int faces = row.getInt();
    long seenAtMillis = row.getLong();
    int numbers = row.getInt();
    if (numbers < 1 || numbers > row.remaining() / 4) {
      throw new IllegalArgumentException("z of " + numbers);
    }
    return new TaughtMoment(
        id,
        neutral,
        arousal,
        valence,
        RowFormat.floats(row, numbers),
        readArousal,
        readValence,
        faces,
        seenAtMillis);
  }
}
