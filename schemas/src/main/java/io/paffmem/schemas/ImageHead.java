package io.paffmem.schemas;

import java.util.Arrays;
import java.util.Optional;

/**
 * Width and height as a JPEG's or PNG's head declares them, read without decoding: a few kilobytes
 * can declare gigabytes of pixels.
 *
 * @param width in pixels, 1 or more
 * @param height in pixels, 1 or more
 */
public record ImageHead(int width, int height) {
  private static final int PNG_WIDTH_AT = 16;
  private static final int PNG_FIRST_CHUNK_AT = 12;
  private static final int IHDR = 0x49484452;
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** The declared size; empty if the bytes are neither JPEG nor PNG, or end before it. */
  public static Optional<ImageHead> of(byte[] image) {
    if (startsWith(image, PNG)) {
      // Another chunk in front is not PNG, and would hide the true size from here.
      return image.length < PNG_WIDTH_AT + 8 || int32(image, PNG_FIRST_CHUNK_AT) != IHDR
          ? Optional.empty()
          : positive(int32(image, PNG_WIDTH_AT), int32(image, PNG_WIDTH_AT + 4));
    }
    return jpeg(image);
  }

  /** Width times height. */
  public long pixels() {
    return (long) width * height;
  }

  /** Walks the segments to the frame header, SOF0 to SOF15 (ITU-T T.81, table B.1). */
  private static Optional<ImageHead> jpeg(byte[] image) {
    if (image.length < 4 || (image[0] & 0xFF) != 0xFF || (image[1] & 0xFF) != 0xD8) {
      return Optional.empty();
    }
    int at = 2;
    while (at + 9 < image.length && (image[at] & 0xFF) == 0xFF) {
      int marker = image[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // a fill byte
      } else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
        at += 2; // stands alone
      } else if (isFrameHeader(marker)) {
        return positive(int16(image, at + 7), int16(image, at + 5));
      } else if (!isSegment(marker) || int16(image, at + 2) < 2) {
        break;
      } else {
        at += 2 + int16(image, at + 2);
      }
    }
    return Optional.empty();
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= 0xC0
        && marker <= 0xCF
        && marker != 0xC4 // Huffman tables
        && marker != 0xC8 // reserved
        && marker != 0xCC; // arithmetic coding
  }

  /**
   * Whether a length follows the marker. Decoders read on behind FF00 byte by byte: what would be
   * skipped here as its segment could hide the true frame header from here.
   */
  private static boolean isSegment(int marker) {
    boolean stuffedByte = marker == 0x00;
    boolean startOrEndOrScan = marker >= 0xD8 && marker <= 0xDA;
    return !stuffedByte && !startOrEndOrScan;
  }

  private static Optional<ImageHead> positive(int width, int height) {
    return width > 0 && height > 0 ? Optional.of(new ImageHead(width, height)) : Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static int int16(byte[] b, int at) {
    return (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
  }

  private static int int32(byte[] b, int at) {
    return int16(b, at) << 16 | int16(b, at + 2);
  }
}
