package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.util.List;

/** Finds faces in a picture, each picture by itself. Used by one thread. */
@FunctionalInterface
public interface FaceDetector {
  /** The faces in any order, as boxes in the picture's own pixels; empty if there are none. */
  List<Box> detect(Picture picture);

  /**
   * The faces close to the box and about as large; may miss others, may give them too.
   *
   * @param box in the picture's pixels
   */
  default List<Box> detectNear(Picture picture, Box box) {
    return detect(picture);
  }
}
