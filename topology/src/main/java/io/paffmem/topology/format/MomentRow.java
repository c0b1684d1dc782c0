package io.paffmem.topology.format;

import io.paffmem.topology.person.Lesson.Moment;
import io.paffmem.topology.person.TextHash;
import java.nio.ByteBuffer;

/** A face that can still be taught. Numbers of z have a byte each, so they are off by 0.004. */
public final class MomentRow {
  private static final float STEPS = Byte.MAX_VALUE;

  private MomentRow() {}

  public static byte[] write(Moment moment) {
    ByteBuffer row = RowFormat.begin(4 * 8 + 2 * 4 + moment.z().length);
    row.putLong(moment.stream().high()).putLong(moment.stream().low());
    row.putLong(moment.sequence()).putLong(moment.seenAtMillis());
    row.putFloat(moment.readArousal()).putFloat(moment.readValence());
    for (float number : moment.z()) {
      row.put((byte) Math.round(number * STEPS));
    }
    return RowFormat.done(row);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param latentSize numbers in z
   */
  public static Moment read(byte[] bytes, int latentSize) throws MalformedRowException {
    return RowFormat.read(
        "moment",
        bytes,
        row -> {
          TextHash stream = new TextHash(row.getLong(), row.getLong());
          long sequence = row.getLong();
          long seenAtMillis = row.getLong();
          float readArousal = row.getFloat();
          float readValence = row.getFloat();
          if (row.remaining() != latentSize) {
            throw new IllegalArgumentException("z of " + row.remaining());
          }
          float[] z = new float[latentSize];
          for (int d = 0; d < latentSize; d++) {
            z[d] = Math.max(-1, row.get() / STEPS);
          }
          return new Moment(stream, sequence, seenAtMillis, z, readArousal, readValence);
        });
  }
}
