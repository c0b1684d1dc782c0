package io.paffmem.topology.format;

import io.paffmem.topology.person.Journal;
import java.nio.ByteBuffer;

/** A face that was learnt since the neurons were written. */
public final class JournalRow {
  private JournalRow() {}

  public static byte[] write(Journal.Face face) {
    ByteBuffer row = RowFormat.begin(8 + 4 * face.z().length);
    row.putFloat(face.arousal()).putFloat(face.valence());
    RowFormat.putFloats(row, face.z());
    return RowFormat.done(row);
  }

  public static Journal.Face read(byte[] bytes, int latentSize) throws MalformedRowException {
    return RowFormat.read(
        "journal",
        bytes,
        row -> {
          float arousal = row.getFloat();
          float valence = row.getFloat();
          float[] z = RowFormat.floats(row, latentSize);
          float sum = arousal + valence;
          for (float value : z) {
            sum += value;
          }
          if (!Float.isFinite(sum)) {
            throw new IllegalArgumentException("a face of numbers that are none");
          }
          return new Journal.Face(z, arousal, valence);
        });
  }
}
