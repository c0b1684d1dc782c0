package io.paffmem.app.imagine;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.video.Picture;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.start.StartException;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

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
      List<Box> faces = finder.faces(picture);
      if (faces.isEmpty()) {
        throw new StartException(
            "no face was found in "
                + file
                + "; it must show a face upright and from the front, or be a face crop: then say"
                + " --crop");
      }
      return new FacePicture(finder.rgb(picture, faces.get(0)), faces.size());
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
    try (ImageInputStream input = ImageIO.createImageInputStream(readable(file).toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new StartException(
            file + " is not a picture that can be read; name a JPEG or PNG file");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input);
        // Before decoding: some kilobytes can claim gigabytes.
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MAX_PIXELS) {
          throw new StartException(
              "%s has %d x %d pixels, more than can be handled; scale it down first"
                  .formatted(file, reader.getWidth(0), reader.getHeight(0)));
        }
        return picture(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (StartException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO answers damaged files with either.
      throw new StartException(file + " is a damaged picture; name a whole JPEG or PNG file", e);
    }
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

  private static Picture picture(BufferedImage image) {
    BufferedImage bgr =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
    int bits = image.getSampleModel().getSampleSize(0);
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY && bits >= 8) {
      // As stored; drawing would apply a colour profile and brighten it.
      for (int i = 0; i < pixels.length / 3; i++) {
        int x = i % image.getWidth();
        int y = i / image.getWidth();
        byte grey = (byte) (image.getRaster().getSample(x, y, 0) >> (bits - 8));
        Arrays.fill(pixels, 3 * i, 3 * i + 3, grey);
      }
    } else {
      Graphics2D graphics = bgr.createGraphics();
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
    }
    return new Picture(0, 0, bgr.getWidth(), bgr.getHeight(), pixels);
  }
}
