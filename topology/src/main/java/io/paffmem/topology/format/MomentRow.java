package io.paffmem.topology.format;

import io.paffmem.topology.person.Lesson.Moment;
import io.paffmem.topology.person.Lesson.Outcome;
import io.paffmem.topology.person.TextHash;
import java.nio.ByteBuffer;

/**
 * A face that is kept to be taught. Numbers of z have a byte each, so they are off by 0.004. One
 * that cannot be taught has a byte that says why in the place of what was read and of z.
 */
public final class MomentRow {
  private static final float STEPS = Byte.MAX_VALUE;

  /** For rows; none is ever given to another refusal. */
  private static final byte UNKNOWN_MOMENT = 1;

  private static final byte NOT_THE_PERSON = 2;
  private static final byte NOT_YET = 3;
  private static final byte NOT_READABLE = 4;

  private MomentRow() {}

  /**
   * A row for a moment.
   *
   * @throws IllegalArgumentException if no moment that is kept is refused for its reason
   */
  public static byte[] write(Moment moment) {
    ByteBuffer row = RowFormat.begin(4 * 8 + 2 * 4 + moment.z().length);
    row.putLong(moment.stream().high()).putLong(moment.stream().low());
    row.putLong(moment.sequence()).putLong(moment.seenAtMillis());
    Outcome refusal = moment.refusal();
    if (refusal != null) {
      return RowFormat.done(row.put(code(refusal)));
    }
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
          if (row.remaining() == 1) {
            return Moment.refused(stream, sequence, seenAtMillis, refusal(row.get()));
          }
          float readArousal = row.getFloat();
          float readValence = row.getFloat();
          if (row.remaining() != latentSize) {
            throw new IllegalArgumentException("z of " + row.remaining());
          }
          float[] z = new float[latentSize];
          for (int d = 0; d < latentSize; d++) {
            z[d] = Math.max(-1, row.get() / STEPS);
          }
          return new Moment(stream, sequence, seenAtMillis, z, readArousal, readValence, null);
        });
  }

  private static byte code(Outcome refusal) {
    return switch (refusal) {
      case UNKNOWN_MOMENT -> UNKNOWN_MOMENT;
      case NOT_THE_PERSON -> NOT_THE_PERSON;
      case NOT_YET -> NOT_YET;
      case NOT_READABLE -> NOT_READABLE;
      default -> throw new IllegalArgumentException("a moment that is " + refusal);
    };
  }

  private static Outcome refusal(byte code) {
    return switch (code) {
      case UNKNOWN_MOMENT -> Outcome.UNKNOWN_MOMENT;
      case NOT_THE_PERSON -> Outcome.NOT_THE_PERSON;
      case NOT_YET -> Outcome.NOT_YET;
      case NOT_READABLE -> Outcome.NOT_READABLE;
      default -> throw new IllegalArgumentException("a moment refused by " + code);
    };
  }
}
