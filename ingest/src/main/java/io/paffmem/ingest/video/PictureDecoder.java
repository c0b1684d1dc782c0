package io.paffmem.ingest.video;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.paffmem.schemas.image.ImageHead;
import io.paffmem.schemas.image.Orientation;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures as they come over the network to upright pixels. */
public final class PictureDecoder {
  /** A picture of a 4K camera; larger JPEGs are scaled down while they are decoded. */
  public static final long MOST_DECODED_PIXELS = 4096L * 2304;

  /** The most pixels of what cannot be scaled down while it is decoded: 16 megapixels. */
  public static final long MOST_UNSCALED_PIXELS = 16L << 20;

  private PictureDecoder() {}

  /**
   * Whether decoding takes more memory or time than its pixels are worth: a JPEG of too many scans,
   * or a large picture that cannot be scaled down on the way, which are a PNG and a progressive
   * JPEG.
   */
  public static boolean isTooCostly(ImageHead head) {
    boolean scalable = head.jpeg() && head.scans() == 1;
    return head.hasTooManyScans() || (!scalable && head.pixels() > MOST_UNSCALED_PIXELS);
  }

  /**
   * Decodes a JPEG or PNG and turns it upright as its EXIF says. A JPEG of more than {@value
   * #MOST_DECODED_PIXELS} pixels is scaled down to a half, a quarter or an eighth of its sides.
   *
   * @return empty if the bytes are cut off, damaged, or of a kind that OpenCV cannot read
   */
  public static Optional<Picture> decode(byte[] image) {
    Optional<ImageHead> head = ImageHead.of(image);
    if (head.isEmpty() || !ImageEnd.isReached(image)) {
      return Optional.empty();
    }
    try (Mat encoded = new Mat(1, image.length, CV_8UC1)) {
      encoded.data().put(image);
      // OpenCV would turn it too, but the rule is the same for every way into the system.
      try (Mat pixels = imdecode(encoded, scale(head.get()) | IMREAD_IGNORE_ORIENTATION)) {
        if (pixels.empty() || pixels.type() != CV_8UC3 || !pixels.isContinuous()) {
          return Optional.empty();
        }
        byte[] bgr = new byte[3 * pixels.rows() * pixels.cols()];
        pixels.data().get(bgr);
        return Optional.of(upright(bgr, pixels.cols(), pixels.rows(), head.get().orientation()));
      }
    }
  }

  private static int scale(ImageHead head) {
    if (!head.jpeg() || head.pixels() <= MOST_DECODED_PIXELS) {
      return IMREAD_COLOR;
    }
    return head.pixels() <= 4 * MOST_DECODED_PIXELS
        ? IMREAD_REDUCED_COLOR_2
        : head.pixels() <= 16 * MOST_DECODED_PIXELS
            ? IMREAD_REDUCED_COLOR_4
            : IMREAD_REDUCED_COLOR_8;
  }

  private static Picture upright(byte[] bgr, int width, int height, Orientation orientation) {
    if (orientation == Orientation.UPRIGHT) {
      return new Picture(0, 0, width, height, bgr);
    }
    byte[] turned = new byte[bgr.length];
    orientation.turn(bgr, width, height, turned);
    boolean swapped = orientation.swapsSides();
    return new Picture(0, 0, swapped ? height : width, swapped ? width : height, turned);
  }
}
