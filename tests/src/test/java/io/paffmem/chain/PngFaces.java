package io.paffmem.chain;

import io.paffmem.ingest.synthetic.FaceRenderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Rendered faces as PNG files. */
public final class PngFaces {
  private PngFaces() {}

  /** A crop of {@link FaceRenderer#CROP_BYTES} RGB bytes as PNG. */
  public static byte[] of(byte[] rgb) throws IOException {
    int side = FaceRenderer.CROP_SIZE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(
          i % side,
          i / side,
          (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
