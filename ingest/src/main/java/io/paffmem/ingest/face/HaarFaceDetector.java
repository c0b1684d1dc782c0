package io.paffmem.ingest.face;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.equalizeHist;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.paffmem.ingest.video.Picture;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/**
 * OpenCV's cascade for frontal faces ("alt2": of those that OpenCV ships, the one that took the
 * fewest upside-down faces for faces, 7 % against 28 % of "default", at the same hits) on the grey,
 * scaled-down, equalised picture.
 */
final class HaarFaceDetector implements FaceDetector, AutoCloseable {
  private static final String CASCADE =
      "/org/bytedeco/opencv/"
          + Loader.getPlatform()
          + "/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";
  // The window that the cascade was trained on.
  private static final int SMALLEST_SIDE = 20;
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  // From one picture to the next a face moves by less than half its side and hardly changes size.
  private static final float REACH = 2;
  private static final double SHRINK = 0.75;

  static {
    // Pictures this small gain nothing from OpenCV's own threads, and the order in which these
    // finish would decide the order of the hits.
    opencv_core.setNumThreads(1);
  }

  private final FaceConfig config;
  private final CascadeClassifier cascade;
  private final Mat grey = new Mat();
  private final Mat small = new Mat();
  private final Mat equalised = new Mat();
  private Mat colour = new Mat();

  /**
   * @throws UncheckedIOException if the cascade cannot be unpacked from the OpenCV jar
   */
  HaarFaceDetector(FaceConfig config) {
    this.config = config;
    try {
      File file = Loader.cacheResource(CASCADE);
      if (file == null) {
        throw new IOException("the OpenCV jar for " + Loader.getPlatform() + " has no " + CASCADE);
      }
      this.cascade = new CascadeClassifier(file.getPath());
    } catch (IOException e) {
      throw new UncheckedIOException("The face finder cannot load its cascade.", e);
    }
    if (cascade.empty()) {
      throw new UncheckedIOException(
          "The face finder cannot load its cascade.", new IOException(CASCADE + " is damaged"));
    }
  }

  @Override
  public List<Box> detect(Picture picture) {
    double scale = prepare(picture);
    int smallest = (int) Math.round(config.minFace() * Math.min(small.cols(), small.rows()));
    List<Box> faces = new ArrayList<>();
    search(small, smallest, NO_LIMIT, 0, 0, scale, faces);
    return faces;
  }

  @Override
  public List<Box> detectNear(Picture picture, Box box) {
    double scale = prepare(picture);
    Box around = box.square(REACH);
    int left = clamp(around.x() * scale, small.cols());
    int top = clamp(around.y() * scale, small.rows());
    int right = clamp((around.x() + around.width()) * scale, small.cols());
    int bottom = clamp((around.y() + around.height()) * scale, small.rows());
    List<Box> faces = new ArrayList<>();
    if (right - left < SMALLEST_SIDE || bottom - top < SMALLEST_SIDE) {
      return faces;
    }
    int smallest = (int) (SHRINK * scale * box.width());
    int largest = Math.max(SMALLEST_SIDE, (int) Math.ceil(scale * box.width() / SHRINK));
    try (Rect rect = new Rect(left, top, right - left, bottom - top);
        Mat part = new Mat(small, rect)) {
      search(part, smallest, largest, left, top, scale, faces);
    }
    return faces;
  }

  /**
   * Adds the faces in a part of the scaled picture.
   *
   * @param smallest and {@code largest}: limits of a face's side in scaled pixels
   * @param left and {@code top}: where the part begins
   */
  private void search(
      Mat part, int smallest, int largest, int left, int top, double scale, List<Box> faces) {
    equalizeHist(part, equalised);
    int least = Math.max(SMALLEST_SIDE, smallest);
    try (RectVector hits = new RectVector();
        Size leastSize = new Size(least, least);
        Size mostSize = largest == NO_LIMIT ? new Size() : new Size(largest, largest)) {
      cascade.detectMultiScale(
          equalised, hits, config.pyramidStep(), config.minNeighbours(), 0, leastSize, mostSize);
      for (long i = 0; i < hits.size(); i++) {
        try (Rect hit = hits.get(i)) {
          faces.add(
              new Box(
                  (float) ((left + hit.x()) / scale),
                  (float) ((top + hit.y()) / scale),
                  (float) (hit.width() / scale),
                  (float) (hit.height() / scale)));
        }
      }
    }
  }

  /** Leaves the grey picture in {@code small} and returns its scale against the original, <= 1. */
  private double prepare(Picture picture) {
    if (colour.cols() != picture.width() || colour.rows() != picture.height()) {
      colour.close();
      colour = new Mat(picture.height(), picture.width(), CV_8UC3);
    }
    colour.data().put(picture.bgr());
    double scale = (double) config.searchSide() / Math.max(picture.width(), picture.height());
    if (scale >= 1) {
      cvtColor(colour, small, COLOR_BGR2GRAY);
      return 1;
    }
    cvtColor(colour, grey, COLOR_BGR2GRAY);
    int width = Math.max(1, (int) Math.round(scale * picture.width()));
    int height = Math.max(1, (int) Math.round(scale * picture.height()));
    try (Size size = new Size(width, height)) {
      resize(grey, small, size, 0, 0, INTER_AREA);
    }
    return scale;
  }

  private static int clamp(double value, int most) {
    return (int) Math.max(0, Math.min(most, Math.round(value)));
  }

  @Override
  public void close() {
    colour.close();
    grey.close();
    small.close();
    equalised.close();
    cascade.close();
  }
}
