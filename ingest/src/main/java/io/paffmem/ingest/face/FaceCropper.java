package io.paffmem.ingest.face;

import static io.paffmem.ingest.face.FaceConfig.CROP_SIDE;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.paffmem.ingest.quality.FaceMeter;
import io.paffmem.ingest.video.Picture;
import io.paffmem.schemas.avro.FaceQuality;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the square around a box out of a picture and scales it to 96x96. What lies past the
 * picture's edge repeats the pixels at the edge.
 */
public final class FaceCropper implements AutoCloseable {
  private final FaceConfig config;
  private final Mat padded = new Mat();
  private final Mat crop = new Mat();
  private final Mat rgb = new Mat();
  private final Size cropSize = new Size(CROP_SIDE, CROP_SIDE);
  private final IntPointer jpegOptions;
  private final FaceMeter meter = new FaceMeter(CROP_SIDE);
  private final byte[] pixels = new byte[3 * CROP_SIDE * CROP_SIDE];

  public FaceCropper(FaceConfig config) {
    this.config = config;
    this.jpegOptions = new IntPointer(IMWRITE_JPEG_QUALITY, config.jpegQuality());
  }

  /**
   * The face in that box, with its margin.
   *
   * @param face as the detector gave it; null where the box is carried over a missed detection
   */
  public FaceCrop crop(Picture picture, Box box, @Nullable Face face) {
    cut(picture, box);
    crop.data().get(pixels);
    Landmarks landmarks = face == null ? null : face.landmarks();
    FaceQuality quality =
        meter.measure(
            pixels,
            Math.max(box.width(), box.height()),
            box.cutOff(picture.width(), picture.height()),
            face == null ? null : face.score(),
            landmarks == null ? null : landmarks.yawDegrees(),
            landmarks == null ? null : landmarks.rollDegrees());
    return new FaceCrop(jpeg(), quality);
  }

  /** The whole picture, which is a face already, squeezed to the square. */
  public FaceCrop crop(Picture face) {
    try (Mat whole = new Mat(face.height(), face.width(), CV_8UC3)) {
      whole.data().put(face.bgr());
      boolean shrinks = Math.min(face.width(), face.height()) >= CROP_SIDE;
      resize(whole, crop, cropSize, 0, 0, shrinks ? INTER_AREA : INTER_LINEAR);
    }
    crop.data().get(pixels);
    return new FaceCrop(
        jpeg(), meter.measure(pixels, Math.min(face.width(), face.height()), 0, null, null, null));
  }

  private byte[] jpeg() {
    try (BytePointer bytes = new BytePointer()) {
      if (!imencode(".jpg", crop, bytes, jpegOptions)) {
        throw new IllegalStateException("OpenCV cannot write JPEG");
      }
      byte[] jpeg = new byte[(int) bytes.limit()];
      bytes.get(jpeg);
      return jpeg;
    }
  }

  /** The face in that box, with its margin: 96 rows of 96 pixels of red, green, blue. */
  public byte[] rgb(Picture picture, Box box) {
    cut(picture, box);
    cvtColor(crop, rgb, COLOR_BGR2RGB);
    byte[] all = new byte[3 * CROP_SIDE * CROP_SIDE];
    rgb.data().get(all);
    return all;
  }

  /** Leaves the scaled square in {@code crop}. */
  private void cut(Picture picture, Box box) {
    Box square = box.square(config.cropScale());
    int side = Math.max(1, Math.round(square.width()));
    int left = Math.round(square.x());
    int top = Math.round(square.y());
    // The part of the square that lies within the picture; never empty, so that there is an edge
    // to repeat.
    int fromX = clamp(left, 0, picture.width() - 1);
    int fromY = clamp(top, 0, picture.height() - 1);
    int toX = clamp(left + side, fromX + 1, picture.width());
    int toY = clamp(top + side, fromY + 1, picture.height());
    int width = toX - fromX;
    int height = toY - fromY;
    try (Mat inside = new Mat(height, width, CV_8UC3)) {
      BytePointer data = inside.data();
      for (int row = 0; row < height; row++) {
        data.position(3L * row * width)
            .put(picture.bgr(), 3 * ((fromY + row) * picture.width() + fromX), 3 * width);
      }
      int padLeft = clamp(fromX - left, 0, side - 1);
      int padTop = clamp(fromY - top, 0, side - 1);
      int padRight = Math.max(0, side - width - padLeft);
      int padBottom = Math.max(0, side - height - padTop);
      // INTER_AREA averages when it shrinks but repeats pixels when it enlarges.
      int interpolation = side >= CROP_SIDE ? INTER_AREA : INTER_LINEAR;
      if (padLeft + padTop + padRight + padBottom == 0) {
        resize(inside, crop, cropSize, 0, 0, interpolation);
        return;
      }
      try (Scalar unused = new Scalar(0)) {
        copyMakeBorder(
            inside, padded, padTop, padBottom, padLeft, padRight, BORDER_REPLICATE, unused);
      }
      resize(padded, crop, cropSize, 0, 0, interpolation);
    }
  }

  private static int clamp(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }

  @Override
  public void close() {
    jpegOptions.close();
    cropSize.close();
    rgb.close();
    crop.close();
    padded.close();
  }
}
