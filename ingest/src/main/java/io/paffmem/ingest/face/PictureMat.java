package io.paffmem.ingest.face;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.paffmem.ingest.video.Picture;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/** A picture, or a part of it, where OpenCV can read it. Holds one at a time. */
final class PictureMat implements AutoCloseable {
  /** A part of a picture and where it begins. */
  record Part(Mat mat, int left, int top) {}

  private Mat mat = new Mat();

  /** The whole picture; valid until the next call. */
  Mat whole(Picture picture) {
    size(picture.width(), picture.height());
    mat.data().put(picture.bgr());
    return mat;
  }

  /** What of a box lies in the picture; valid until the next call. Null if nothing does. */
  @Nullable Part part(Picture picture, Box box) {
    int left = clamp(box.x(), picture.width());
    int top = clamp(box.y(), picture.height());
    int width = clamp(box.x() + box.width(), picture.width()) - left;
    int height = clamp(box.y() + box.height(), picture.height()) - top;
    if (width < 1 || height < 1) {
      return null;
    }
    size(width, height);
    try (BytePointer data = mat.data()) {
      for (int row = 0; row < height; row++) {
        data.position(3L * row * width)
            .put(picture.bgr(), 3 * ((top + row) * picture.width() + left), 3 * width);
      }
    }
    return new Part(mat, left, top);
  }

  private void size(int width, int height) {
    if (mat.cols() != width || mat.rows() != height) {
      mat.close();
      mat = new Mat(height, width, CV_8UC3);
    }
  }

  private static int clamp(float value, int most) {
    return Math.max(0, Math.min(most, Math.round(value)));
  }

  @Override
  public void close() {
    mat.close();
  }
}
