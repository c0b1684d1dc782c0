package io.paffmem.ingest.face;

import org.jspecify.annotations.Nullable;

/**
 * A face that a detector found.
 *
 * @param box about square, from the brows to the chin, in the picture's pixels; turned as the face
 *     is, where the detector tells
 * @param score how sure the detector is, 0 to 1; comparable between faces of one detector alone
 * @param landmarks where eyes and nose are; null where the detector does not tell
 */
public record Face(Box box, float score, @Nullable Landmarks landmarks) {
  /** A face of which nothing but its place is known. */
  public static Face at(Box box) {
    return new Face(box, 1, null);
  }
}
