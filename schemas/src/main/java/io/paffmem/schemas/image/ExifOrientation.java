package io.paffmem.schemas.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The orientation in the EXIF segment of a JPEG (EXIF 2.3, sections 4.5 and 4.6.4). */
final class ExifOrientation {
  private static final byte[] NAME = {'E', 'x', 'i', 'f', 0, 0};
  private static final int ENTRY_BYTES = 12;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  private ExifOrientation() {}

  /**
   * Looks in one APP1 segment.
   *
   * @param from the first byte behind the segment's length
   * @param to behind its last byte
   * @return empty if it is no EXIF, says nothing, or is damaged
   */
  static Optional<Orientation> in(byte[] image, int from, int to) {
    if (to - from < NAME.length + 8) {
      return Optional.empty();
    }
    for (int i = 0; i < NAME.length; i++) {
      if (image[from + i] != NAME[i]) {
        return Optional.empty();
      }
    }
    // Offsets count from here, where the byte order stands.
    ByteBuffer tiff = ByteBuffer.wrap(image, from + NAME.length, to - from - NAME.length).slice();
    short order = tiff.getShort(0);
    if (order == 0x4949) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    } else if (order != 0x4D4D) {
      return Optional.empty();
    }
    long directory = tiff.getInt(4) & 0xFFFFFFFFL;
    if (directory + 2 > tiff.limit()) {
      return Optional.empty();
    }
    int entries = tiff.getShort((int) directory) & 0xFFFF;
    long at = directory + 2;
    for (int i = 0; i < entries && at + ENTRY_BYTES <= tiff.limit(); i++) {
      int entry = (int) at;
      if ((tiff.getShort(entry) & 0xFFFF) == TAG && tiff.getShort(entry + 2) == SHORT) {
        return Optional.of(Orientation.ofExif(tiff.getShort(entry + 8) & 0xFFFF));
      }
      at += ENTRY_BYTES;
    }
    return Optional.empty();
  }
}
