package io.paffmem.app.imagine;

import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.PictureDecoder;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.schemas.image.ImageHead;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The face in a picture file.
 *
 * @param rgb 96 x 96 x 3
 * @param faces found in the picture; this is the largest
 */
record FacePicture(byte[] rgb, int faces) {
  private static final long MAX_PIXELS = 64L << 20;

  /**
   * Finds the face.
   *
   * @throws StartException if the file cannot be read or shows no face
   */
  static FacePicture find(Path file) {
    Picture picture = read(file);
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      List<Face> faces = finder.faces(picture);
      if (faces.isEmpty()) {
        throw new StartException(
            "no face was found in "
                + file
                + "; it must show a face upright and from the front, or be a face crop: then say"
                + " --crop");
      }
      return new FacePicture(finder.rgb(picture, faces.get(0).box()), faces.size());
    }
  }

  /**
   * Takes the whole picture as the face.
   *
   * @param side of the face, pixels
   * @throws StartException if the file cannot be read
   */
  static FacePicture crop(Path file, int side) {
    byte[] rgb = new byte[side * side * 3];
    try (TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(side)) {
      byte[] image = Files.readAllBytes(readable(file));
      if (decoder.decode(image, null, rgb, 0) instanceof ImageDecoder.Refused refused) {
        throw new StartException(
            "%s cannot be used (%s); name a whole JPEG or PNG file of at most 16 megapixels"
                .formatted(file, refused.reason().replace('_', ' ')));
      }
    } catch (IOException e) {
      throw new StartException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    return new FacePicture(rgb, 1);
  }

  private static Picture read(Path file) {
    byte[] image;
    try {
      image = Files.readAllBytes(readable(file));
    } catch (IOException e) {
      throw new StartException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    Optional<ImageHead> head = ImageHead.of(image);
    if (head.isEmpty()) {
      throw new StartException(
          file + " is not a picture that can be read; name a JPEG or PNG file");
    }
    // Before decoding: some kilobytes can claim gigabytes.
    if (head.get().pixels() > MAX_PIXELS || PictureDecoder.isTooCostly(head.get())) {
      throw new StartException(
          "%s has %d x %d pixels in %d scans, more than can be handled; scale it down first"
              .formatted(file, head.get().width(), head.get().height(), head.get().scans()));
    }
    return PictureDecoder.decode(image)
        .orElseThrow(
            () ->
                new StartException(file + " is a damaged picture; name a whole JPEG or PNG file"));
  }

  private static Path readable(Path file) {
    if (Files.isDirectory(file)) {
      throw new StartException(file + " is a folder; name one picture in it");
    }
    if (!Files.exists(file)) {
      throw new StartException("there is no file " + file + "; check the path of the picture");
    }
    if (!Files.isReadable(file)) {
      throw new StartException(file + " cannot be read; check the permissions of the picture");
    }
    return file;
  }
}
