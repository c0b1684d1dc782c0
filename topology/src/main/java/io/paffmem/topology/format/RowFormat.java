package io.paffmem.topology.format;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What all rows have in common. Each begins with the version of its format and ends with the CRC32C
 * of all before it, big endian throughout. Another version whose checksum holds is refused: rows
 * that another release wrote must not be taken for damage and wiped.
 */
final class RowFormat {
  static final byte VERSION = 2;

  private static final int CHECKSUM = Integer.BYTES;

  private RowFormat() {}

  /** Reads the part of a row between version and checksum. */
  interface Reader<T> {
    T read(ByteBuffer row) throws MalformedRowException;
  }

  /**
   * Reads a row to its end.
   *
   * @param name of its kind, for messages
   * @throws IllegalStateException if it has another version
   */
  static <T> T read(String name, byte[] bytes, Reader<T> reader) throws MalformedRowException {
    if (bytes.length == 0) {
      throw new MalformedRowException(name + " of 0 bytes");
    }
    // Looked at before the version: a damaged first byte is damage, not another release.
    if (!isSound(bytes)) {
      throw new MalformedRowException(name + " whose checksum does not hold");
    }
    if (bytes[0] != VERSION) {
      throw new IllegalStateException(
          "a %s row has format %d, this release reads %d alone: start the release that wrote it"
              .formatted(name, bytes[0], VERSION));
    }
    try {
      ByteBuffer row = ByteBuffer.wrap(bytes, 1, bytes.length - CHECKSUM - 1);
      T value = reader.read(row);
      if (row.hasRemaining()) {
        throw new MalformedRowException(name + " has " + row.remaining() + " bytes more");
      }
      return value;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new MalformedRowException(name + " of " + bytes.length + " bytes", e);
    }
  }

  /** A row with room for that many bytes and the checksum. */
  static ByteBuffer begin(int bytes) {
    return ByteBuffer.allocate(1 + bytes + CHECKSUM).put(VERSION);
  }

  /** The row with its checksum. */
  static byte[] done(ByteBuffer row) {
    row.putInt(checksum(row.duplicate().flip()));
    byte[] bytes = new byte[row.position()];
    row.flip().get(bytes);
    return bytes;
  }

  /** Whether the checksum at the end of a row holds. */
  static boolean isSound(byte[] row) {
    int length = row.length - CHECKSUM;
    return length >= 1
        && ByteBuffer.wrap(row).getInt(length) == checksum(ByteBuffer.wrap(row, 0, length));
  }

  static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  // ---- parts

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A text with its length before it. */
  static void putText(ByteBuffer row, byte[] text) {
    row.putInt(text.length).put(text);
  }

  static String getText(ByteBuffer row) {
    int length = row.getInt();
    if (length < 0 || length > row.remaining()) {
      throw new IllegalArgumentException("text of " + length + " bytes");
    }
    byte[] text = new byte[length];
    row.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  static void putFloats(ByteBuffer row, float[] values) {
    for (float value : values) {
      row.putFloat(value);
    }
  }

  static float[] floats(ByteBuffer row, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = row.getFloat();
    }
    return values;
  }
}
