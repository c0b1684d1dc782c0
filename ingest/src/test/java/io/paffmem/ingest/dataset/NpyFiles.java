package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** NumPy files as {@code numpy.save} writes them, made without it. */
final class NpyFiles {
  private NpyFiles() {}

  /** A text array without dimensions, as AffectNet's annotations are: {@code dtype='<U...'}. */
  static byte[] text(String value) {
    ByteBuffer data = ByteBuffer.allocate(4 * value.length()).order(ByteOrder.LITTLE_ENDIAN);
    value.chars().forEach(data::putInt);
    return file("<U" + value.length(), "()", data.array());
  }

  static byte[] float64(double value, String shape) {
    return file(
        "<f8",
        shape,
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
  }

  static byte[] int64(long value) {
    return file(
        "<i8", "()", ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  /** Format 1.0: magic, version, length of the header, header padded to a multiple of 64, data. */
  static byte[] file(String descr, String shape, byte[] data) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape);
    int padding = 63 - (10 + header.length()) % 64;
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(US_ASCII);
    return ByteBuffer.allocate(10 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY".getBytes(US_ASCII))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .put(data)
        .array();
  }
}
