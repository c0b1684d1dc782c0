package io.paffmem.topology.format;

import io.paffmem.topology.person.ImaginedFaces;
import java.nio.ByteBuffer;

/** The imagined faces of one answer. */
public final class PairsRow {
  private PairsRow() {}

  public static byte[] write(ImaginedFaces pairs) {
    int numbers = pairs.z().length + pairs.prior().length + pairs.y().length;
    ByteBuffer row = RowFormat.begin(4 + 4 * numbers);
    row.putInt(pairs.y().length / 2);
    row.asFloatBuffer().put(pairs.z()).put(pairs.prior()).put(pairs.y());
    return RowFormat.done(row.position(row.position() + 4 * numbers));
  }

  public static ImaginedFaces read(byte[] bytes, int latentSize) throws MalformedRowException {
    return RowFormat.read(
        "pairs",
        bytes,
        row -> {
          int pairs = row.getInt();
          if (pairs < 0 || row.remaining() != 4L * pairs * (latentSize + 2 + 2)) {
            throw new IllegalArgumentException(pairs + " pairs in " + row.remaining() + " bytes");
          }
          return new ImaginedFaces(
              RowFormat.floats(row, pairs * latentSize),
              RowFormat.floats(row, pairs * 2),
              RowFormat.floats(row, pairs * 2));
        });
  }
}
