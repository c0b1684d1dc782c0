package io.paffmem.ingest.face;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.paffmem.ingest.video.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;

/**
 * YuNet (Wu, Peng, Yu: YuNet: A Tiny Millisecond-level Face Detector, Machine Intelligence Research
 * 2023) in OpenCV's implementation, from a model file that the user names. It finds turned, tilted
 * and small faces that the cascade misses, and tells where eyes and nose are. Its boxes are laid by
 * the eyes: turned as the head is tilted.
 */
final class YuNetFaceDetector implements FaceDetector {
  /** Below this score a hit is no face. */
  private static final float LEAST_SCORE = 0.6f;

  /**
   * How much larger than for the cascade the picture is that is searched: the time is about the
   * same, and faces half as large are found.
   */
  private static final int FINER = 2;

  private static final float OVERLAP_OF_ONE_FACE = 0.3f;
  private static final int MOST_FACES = 100;

  /** Side of what is searched near a box, pixels: the face then has a third of it. */
  private static final int NEAR_SIDE = 160;

  private static final float REACH = 2.5f;

  // Columns of a row of the answer.
  private static final int RIGHT_EYE = 4;
  private static final int LEFT_EYE = 6;
  private static final int NOSE = 8;
  private static final int SCORE = 14;

  // The cascade's box, to which the rest is tuned, against YuNet's, which is higher than wide:
  // medians over photographs in which both found the face.
  private static final float SIDE_OF_HEIGHT = 0.8f;
  private static final float MIDDLE_OF_HEIGHT = 0.45f;

  static {
    // As for the cascade: the order of the answers must not depend on threads.
    opencv_core.setNumThreads(1);
  }

  private final FaceConfig config;
  private final FaceDetectorYN network;
  private final PictureMat picture = new PictureMat();
  private final Mat scaled = new Mat();
  private final Mat hits = new Mat();

  /**
   * @throws FaceModelException if the file cannot be read or is no such model
   */
  YuNetFaceDetector(FaceConfig config, Path model) {
    this.config = config;
    if (!Files.isReadable(model)) {
      throw new FaceModelException(model, "cannot be read", new IOException("no readable file"));
    }
    try (Size size = new Size(config.searchSide(), config.searchSide())) {
      network =
          FaceDetectorYN.create(
              model.toString(), "", size, LEAST_SCORE, OVERLAP_OF_ONE_FACE, MOST_FACES, 0, 0);
      // What is no such network is found out by running it.
      try (Mat black = Mat.zeros(config.searchSide(), config.searchSide(), CV_8UC3).asMat()) {
        network.detect(black, hits);
      }
    } catch (RuntimeException e) {
      throw new FaceModelException(model, "is no model that can find faces", e);
    }
  }

  @Override
  public List<Face> detect(Picture seen) {
    double scale = FINER * (double) config.searchSide() / Math.max(seen.width(), seen.height());
    return search(picture.whole(seen), Math.min(1, scale), 0, 0);
  }

  @Override
  public List<Face> detectNear(Picture seen, Box box) {
    PictureMat.Part part = picture.part(seen, box.square(REACH));
    if (part == null) {
      return List.of();
    }
    double scale = (double) NEAR_SIDE / Math.max(part.mat().cols(), part.mat().rows());
    return search(part.mat(), Math.min(1, scale), part.left(), part.top());
  }

  private List<Face> search(Mat part, double scale, int left, int top) {
    int width = Math.max(1, (int) Math.round(part.cols() * scale));
    int height = Math.max(1, (int) Math.round(part.rows() * scale));
    double scaleX = (double) width / part.cols();
    double scaleY = (double) height / part.rows();
    try (Size size = new Size(width, height)) {
      resize(part, scaled, size, 0, 0, INTER_AREA);
      network.setInputSize(size);
    }
    network.detect(scaled, hits);
    List<Face> faces = new ArrayList<>();
    if (hits.rows() == 0) {
      return faces;
    }
    try (FloatIndexer rows = hits.createIndexer()) {
      for (long row = 0; row < rows.size(0); row++) {
        faces.add(face(rows, row, scaleX, scaleY, left, top));
      }
    }
    return faces;
  }

  private static Face face(
      FloatIndexer rows, long row, double scaleX, double scaleY, int left, int top) {
    float middleX = x(rows.get(row, 0) + rows.get(row, 2) / 2, scaleX, left);
    float height = (float) (rows.get(row, 3) / scaleY);
    float middleY = x(rows.get(row, 1), scaleY, top) + MIDDLE_OF_HEIGHT * height;
    float side = SIDE_OF_HEIGHT * height;
    Landmarks landmarks =
        new Landmarks(
            x(rows.get(row, RIGHT_EYE), scaleX, left),
            x(rows.get(row, RIGHT_EYE + 1), scaleY, top),
            x(rows.get(row, LEFT_EYE), scaleX, left),
            x(rows.get(row, LEFT_EYE + 1), scaleY, top),
            x(rows.get(row, NOSE), scaleX, left),
            x(rows.get(row, NOSE + 1), scaleY, top));
    Box found = new Box(middleX - side / 2, middleY - side / 2, side, side);
    return new Face(landmarks.upright(found), rows.get(row, SCORE), landmarks);
  }

  private static float x(float scaled, double scale, int offset) {
    return (float) (scaled / scale + offset);
  }

  @Override
  public void close() {
    hits.close();
    scaled.close();
    picture.close();
    network.close();
  }
}
