package io.paffmem.ingest.face;

import static io.paffmem.ingest.face.FaceConfig.CROP_SIDE;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import io.paffmem.ingest.quality.FaceMeter;
import io.paffmem.ingest.video.Picture;
import io.paffmem.schemas.avro.FaceQuality;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the square around a box out of a picture and scales it to 96x96, upright where the box is
 * turned. What lies past the picture's edge repeats the pixels at the edge.
 */
public final class FaceCropper implements AutoCloseable {
  /** Half of a square's diagonal, of its side. */
  private static final double HALF_DIAGONAL = Math.sqrt(0.5);

  /** How many times finer than the crop a turned square is sampled at most. */
  private static final int MOST_FINER = 8;

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
    if (square.tilt() != 0) {
      cutTurned(picture, square);
      return;
    }
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
    try (Mat inside = part(picture, fromX, fromY, width, height)) {
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

  /**
   * The same of a turned square: bilinear, at the picture's resolution where that is finer than the
   * crop's, then averaged.
   */
  private void cutTurned(Picture picture, Box square) {
    double middleX = square.x() + square.width() / 2;
    double middleY = square.y() + square.height() / 2;
    int reach = (int) Math.ceil(HALF_DIAGONAL * square.width()) + 2;
    int fromX = clamp((int) Math.floor(middleX) - reach, 0, picture.width() - 1);
    int fromY = clamp((int) Math.floor(middleY) - reach, 0, picture.height() - 1);
    int toX = clamp((int) Math.ceil(middleX) + reach, fromX + 1, picture.width());
    int toY = clamp((int) Math.ceil(middleY) + reach, fromY + 1, picture.height());
    int finer = clamp(Math.round(square.width() / CROP_SIDE), 1, MOST_FINER);
    int side = finer * CROP_SIDE;
    double angle = Math.toRadians(square.tilt());
    double right = Math.cos(angle) * square.width() / side;
    double down = Math.sin(angle) * square.width() / side;
    // From the middle of the square to the middle of its first pixel.
    double first = (1 - side) / 2.0;
    try (Mat inside = part(picture, fromX, fromY, toX - fromX, toY - fromY);
        DoublePointer values =
            new DoublePointer(
                right,
                -down,
                middleX - 0.5 - fromX + first * (right - down),
                down,
                right,
                middleY - 0.5 - fromY + first * (down + right));
        Mat places = new Mat(2, 3, CV_64F, values);
        Size size = new Size(side, side);
        Scalar unused = new Scalar(0)) {
      Mat turned = finer == 1 ? crop : padded;
      int how = INTER_LINEAR | WARP_INVERSE_MAP;
      warpAffine(inside, turned, places, size, how, BORDER_REPLICATE, unused);
    }
    if (finer > 1) {
      resize(padded, crop, cropSize, 0, 0, INTER_AREA);
    }
  }

  /** A part that lies within the picture, where OpenCV can read it. */
  private static Mat part(Picture picture, int left, int top, int width, int height) {
    Mat part = new Mat(height, width, CV_8UC3);
    BytePointer data = part.data();
    for (int row = 0; row < height; row++) {
      data.position(3L * row * width)
          .put(picture.bgr(), 3 * ((top + row) * picture.width() + left), 3 * width);
    }
    return part;
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
