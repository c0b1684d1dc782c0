package io.paffmem.ingest.face;

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
import org.bytedeco.javacpp.IntPointer;
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
final class HaarFaceDetector implements FaceDetector {
  private static final String CASCADE =
      "/org/bytedeco/opencv/"
          + Loader.getPlatform()
          + "/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";
  // The window that the cascade was trained on.
  private static final int SMALLEST_SIDE = 20;
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /**
   * Where a face is looked for that was at a box a moment ago.
   *
   * @param reach side of that square against the box's
   * @param shrink smallest side of the face against the box's; the largest is its inverse
   */
  private record Nearness(float reach, double shrink) {}

  /** From one picture to the next a face mostly moves by less than a fifth of its side. */
  private static final Nearness CLOSE = new Nearness(1.4f, 0.9);

  private static final Nearness WIDE = new Nearness(2, 0.75);

  static {
    // Pictures this small gain nothing from OpenCV's own threads, and the order in which these
    // finish would decide the order of the hits.
    opencv_core.setNumThreads(1);
  }

  private final FaceConfig config;
  private final CascadeClassifier cascade;
  private final PictureMat picture = new PictureMat();
  private final Mat grey = new Mat();
  private final Mat small = new Mat();
  private final Mat equalised = new Mat();

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
  public List<Face> detect(Picture seen) {
    double scale =
        scaleDown(
            picture.whole(seen),
            (double) config.searchSide() / Math.max(seen.width(), seen.height()));
    int smallest = (int) Math.round(config.minFace() * Math.min(small.cols(), small.rows()));
    return search(smallest, NO_LIMIT, 0, 0, scale);
  }

  @Override
  public List<Face> detectNear(Picture seen, Box box) {
    List<Face> close = detectNear(seen, box, CLOSE);
    return close.isEmpty() ? detectNear(seen, box, WIDE) : close;
  }

  private List<Face> detectNear(Picture seen, Box box, Nearness nearness) {
    PictureMat.Part part = picture.part(seen, box.square(nearness.reach));
    if (part == null) {
      return List.of();
    }
    double scale = scaleDown(part.mat(), config.nearSide() / box.width());
    if (small.cols() < SMALLEST_SIDE || small.rows() < SMALLEST_SIDE) {
      return List.of();
    }
    int smallest = (int) (nearness.shrink * scale * box.width());
    int largest = Math.max(SMALLEST_SIDE, (int) Math.ceil(scale * box.width() / nearness.shrink));
    return search(smallest, largest, part.left(), part.top(), scale);
  }

  /**
   * The faces in what {@code small} holds.
   *
   * @param smallest and {@code largest}: limits of a face's side in scaled pixels
   * @param left and {@code top}: where that begins in the picture
   */
  private List<Face> search(int smallest, int largest, int left, int top, double scale) {
    equalizeHist(small, equalised);
    int least = Math.max(SMALLEST_SIDE, smallest);
    List<Face> faces = new ArrayList<>();
    try (RectVector hits = new RectVector();
        IntPointer neighbours = new IntPointer();
        Size leastSize = new Size(least, least);
        Size mostSize = largest == NO_LIMIT ? new Size() : new Size(largest, largest)) {
      cascade.detectMultiScale2(
          equalised,
          hits,
          neighbours,
          config.pyramidStep(),
          config.minNeighbours(),
          0,
          leastSize,
          mostSize);
      for (long i = 0; i < hits.size(); i++) {
        try (Rect hit = hits.get(i)) {
          Box box =
              new Box(
                  (float) (left + hit.x() / scale),
                  (float) (top + hit.y() / scale),
                  (float) (hit.width() / scale),
                  (float) (hit.height() / scale));
          faces.add(new Face(box, score(neighbours.get(i)), null));
        }
      }
    }
    return faces;
  }

  /** Half where there are just as many hits as make a face. */
  private float score(int neighbours) {
    return (float) neighbours / (neighbours + config.minNeighbours());
  }

  /** Leaves the part in grey in {@code small} and returns its scale against the original, <= 1. */
  private double scaleDown(Mat part, double scale) {
    if (scale >= 1) {
      cvtColor(part, small, COLOR_BGR2GRAY);
      return 1;
    }
    cvtColor(part, grey, COLOR_BGR2GRAY);
    int width = Math.max(1, (int) Math.round(scale * part.cols()));
    int height = Math.max(1, (int) Math.round(scale * part.rows()));
    try (Size size = new Size(width, height)) {
      resize(grey, small, size, 0, 0, INTER_AREA);
    }
    return scale;
  }

  @Override
  public void close() {
    picture.close();
    grey.close();
    small.close();
    equalised.close();
    cascade.close();
  }
}
