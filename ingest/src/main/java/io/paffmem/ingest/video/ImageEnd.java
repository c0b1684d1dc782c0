package io.paffmem.ingest.video;

/**
 * Whether a JPEG or PNG goes on to its end. Decoders fill the missing part of a JPEG with grey and
 * say nothing; a face made of that would be answered as if it were one.
 */
final class ImageEnd {
  private static final int PNG_SIGNATURE_BYTES = 8;
  private static final int PNG_CHUNK_FRAME_BYTES = 12;
  private static final int IEND = 0x49454E44;

  private ImageEnd() {}

  /**
   * Whether the end is there; what comes behind it does not matter.
   *
   * @param image begins as a JPEG or PNG does
   */
  static boolean isReached(byte[] image) {
    return (image[0] & 0xFF) == 0xFF ? jpegEnds(image) : pngEnds(image);
  }

  /** Walks the segments and scans to the end-of-image marker (ITU-T T.81, annex B). */
  private static boolean jpegEnds(byte[] image) {
    int at = 2;
    while (at + 1 < image.length) {
      if ((image[at] & 0xFF) != 0xFF) {
        return false;
      }
      int marker = image[at + 1] & 0xFF;
      if (marker == 0xD9) {
        return true;
      } else if (marker == 0xFF) {
        at++; // a fill byte
      } else if (marker == 0x01 || isRestart(marker)) {
        at += 2; // stands alone
      } else if (at + 3 >= image.length) {
        return false;
      } else {
        at += 2 + ((image[at + 2] & 0xFF) << 8 | (image[at + 3] & 0xFF));
        if (marker == 0xDA) {
          at = scanEnd(image, at);
        }
      }
    }
    return false;
  }

  /** Where the next marker stands that is no restart; FF00 is a byte of the scan itself. */
  private static int scanEnd(byte[] image, int from) {
    int at = from;
    while (at + 1 < image.length) {
      int next = image[at + 1] & 0xFF;
      if ((image[at] & 0xFF) == 0xFF && next != 0x00 && next != 0xFF && !isRestart(next)) {
        return at;
      }
      at++;
    }
    return image.length;
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xD0 && marker <= 0xD7;
  }

  /** Walks the chunks to the one that ends the picture (PNG specification, section 5). */
  private static boolean pngEnds(byte[] image) {
    long at = PNG_SIGNATURE_BYTES;
    while (at + PNG_CHUNK_FRAME_BYTES <= image.length) {
      long length = int32(image, (int) at) & 0xFFFFFFFFL;
      boolean last = int32(image, (int) at + 4) == IEND;
      at += PNG_CHUNK_FRAME_BYTES + length;
      if (last) {
        return at <= image.length;
      }
    }
    return false;
  }

  private static int int32(byte[] b, int at) {
    return (b[at] & 0xFF) << 24
        | (b[at + 1] & 0xFF) << 16
        | (b[at + 2] & 0xFF) << 8
        | (b[at + 3] & 0xFF);
  }
}
