package io.paffmem.ingest.video;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures as they come over the network to upright pixels. */
public final class PictureDecoder {
  private PictureDecoder() {}

  /** Empty if the bytes are cut off, damaged, or of a kind that OpenCV cannot read. */
  public static Optional<Picture> decode(byte[] image) {
    if (!ImageEnd.isReached(image)) {
      return Optional.empty();
    }
    try (Mat encoded = new Mat(1, image.length, CV_8UC1)) {
      encoded.data().put(image);
      try (Mat pixels = imdecode(encoded, IMREAD_COLOR)) {
        if (pixels.empty() || pixels.type() != CV_8UC3 || !pixels.isContinuous()) {
          return Optional.empty();
        }
        byte[] bgr = new byte[3 * pixels.rows() * pixels.cols()];
        pixels.data().get(bgr);
        return Optional.of(new Picture(0, 0, pixels.cols(), pixels.rows(), bgr));
      }
    }
  }
}
