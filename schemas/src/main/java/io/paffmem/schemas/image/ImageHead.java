package io.paffmem.schemas.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a JPEG or PNG declares, read without decoding: a few kilobytes can declare gigabytes of
 * pixels, or a thousand scans over them.
 *
 * @param width in pixels as they are stored, 1 or more
 * @param height likewise
 * @param orientation how the stored picture has to be turned, as a JPEG's EXIF says
 * @param scans how often a decoder goes over the whole picture, 1 or more
 * @param jpeg whether it is a JPEG; otherwise it is a PNG
 */
public record ImageHead(int width, int height, Orientation orientation, int scans, boolean jpeg) {
  /** Encoders write about ten; each costs a decoder a walk over all pixels, however empty it is. */
  public static final int MOST_SCANS = 64;

  /** Pixels times scans: sixteen megapixels in sixteen scans, about half a second of one core. */
  public static final long MOST_SCANNED_PIXELS = 256L << 20;

  private static final int PNG_WIDTH_AT = 16;
  private static final int PNG_FIRST_CHUNK_AT = 12;
  private static final int IHDR = 0x49484452;
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;

  /** The declared size; empty if the bytes are neither JPEG nor PNG, or end before it. */
  public static Optional<ImageHead> of(byte[] image) {
    if (startsWith(image, PNG)) {
      // Another chunk in front is not PNG, and would hide the true size from here.
      return image.length < PNG_WIDTH_AT + 8 || int32(image, PNG_FIRST_CHUNK_AT) != IHDR
          ? Optional.empty()
          : positive(
              int32(image, PNG_WIDTH_AT),
              int32(image, PNG_WIDTH_AT + 4),
              Orientation.UPRIGHT,
              1,
              false);
    }
    return jpeg(image);
  }

  /** Width times height. */
  public long pixels() {
    return (long) width * height;
  }

  /** Width of the picture when it is upright. */
  public int uprightWidth() {
    return orientation.swapsSides() ? height : width;
  }

  /** Height of the picture when it is upright. */
  public int uprightHeight() {
    return orientation.swapsSides() ? width : height;
  }

  /** Whether decoding would go over the pixels more often than any encoder has a reason for. */
  public boolean hasTooManyScans() {
    return scans > MOST_SCANS || (scans > 1 && pixels() * scans > MOST_SCANNED_PIXELS);
  }

  /** Walks the segments to the frame header, SOF0 to SOF15 (ITU-T T.81, table B.1). */
  private static Optional<ImageHead> jpeg(byte[] image) {
    if (image.length < 4 || (image[0] & 0xFF) != 0xFF || (image[1] & 0xFF) != SOI) {
      return Optional.empty();
    }
    Orientation orientation = Orientation.UPRIGHT;
    int at = 2;
    while (at + 9 < image.length && (image[at] & 0xFF) == 0xFF) {
      int marker = image[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // a fill byte
      } else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
        at += 2; // stands alone
      } else if (isFrameHeader(marker)) {
        return positive(
            int16(image, at + 7),
            int16(image, at + 5),
            orientation,
            Math.max(1, scansFrom(image, at)),
            true);
      } else if (!isSegment(marker) || int16(image, at + 2) < 2) {
        break;
      } else {
        int end = at + 2 + int16(image, at + 2);
        if (marker == APP1) {
          orientation =
              ExifOrientation.in(image, at + 4, Math.min(end, image.length)).orElse(orientation);
        }
        at = end;
      }
    }
    return Optional.empty();
  }

  /**
   * Counts the scans as a decoder comes across them, up to the end of the picture. Where decoders
   * differ in what they pass over, it counts more rather than fewer.
   */
  private static int scansFrom(byte[] image, int from) {
    int scans = 0;
    int at = from;
    while (at + 1 < image.length) {
      int marker = image[at + 1] & 0xFF;
      if ((image[at] & 0xFF) != 0xFF || marker == 0xFF || marker == 0x00) {
        at++; // pixels, fill bytes, or what a decoder skips
      } else if (marker == EOI) {
        return scans;
      } else if (hasLength(marker) && at + 3 < image.length) {
        scans += marker == SOS ? 1 : 0;
        at += 2 + Math.max(2, int16(image, at + 2));
      } else {
        at += 2;
      }
    }
    return scans;
  }

  private static boolean hasLength(int marker) {
    boolean restartOrEnd = marker >= 0xD0 && marker <= EOI;
    return marker >= 0xC0 && !restartOrEnd;
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
    boolean startOrEndOrScan = marker >= SOI && marker <= SOS;
    return !stuffedByte && !startOrEndOrScan;
  }

  private static Optional<ImageHead> positive(
      int width, int height, Orientation orientation, int scans, boolean jpeg) {
    return width > 0 && height > 0
        ? Optional.of(new ImageHead(width, height, orientation, scans, jpeg))
        : Optional.empty();
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
