package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds faces in a picture, each picture by itself. Used by one thread. */
@FunctionalInterface
public interface FaceDetector extends AutoCloseable {
  /** All faces in any order; empty if there are none. */
  List<Face> detect(Picture picture);

  /**
   * The faces close to the box and about as large; may miss others, may give them too.
   *
   * @param box in the picture's pixels
   */
  default List<Face> detectNear(Picture picture, Box box) {
    return detect(picture);
  }

  /**
   * The detector that is in the box, or the one of a model file.
   *
   * @param model YuNet as ONNX, as OpenCV's {@code FaceDetectorYN} reads it; null for OpenCV's Haar
   *     cascade
   * @throws FaceModelException if the model cannot be read
   */
  static FaceDetector of(FaceConfig config, @Nullable Path model) {
    return model == null ? new HaarFaceDetector(config) : new YuNetFaceDetector(config, model);
  }

  @Override
  default void close() {}
}
