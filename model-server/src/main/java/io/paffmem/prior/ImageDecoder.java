package io.paffmem.prior;

import org.jspecify.annotations.Nullable;

/** Turns the bytes of a picture into the PK's input. Thread-safe. */
public interface ImageDecoder extends AutoCloseable {

  /** Where a face is in a picture that is upright, pixels from its upper left corner. */
  record Box(int x, int y, int width, int height) {}

  /** What became of a picture. */
  sealed interface Result {}

  /** The face was written. */
  record Decoded() implements Result {}

  /**
   * Nothing was written.
   *
   * @param reason {@code not_an_image}, {@code too_many_pixels}, {@code too_many_scans} (of a
   *     JPEG), {@code truncated_image} (cut off, damaged, or a kind of JPEG or PNG that cannot be
   *     decoded) or {@code face_box_outside}
   */
  record Refused(String reason) implements Result {}

  /**
   * Writes size x size x 3 RGB bytes, 0 to 255, from {@code pixels[offset]}.
   *
   * @param image JPEG or PNG; its size is read from its head and checked before it is decoded; it
   *     is turned upright as its EXIF says
   * @param box the face, or null if the picture is the face
   */
  Result decode(byte[] image, @Nullable Box box, byte[] pixels, int offset);

  @Override
  void close();
}
