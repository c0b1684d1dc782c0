package io.paffmem.ingest.video;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of nothing. */
final class Images {
  enum Kind {
    JPEG,
    PROGRESSIVE_JPEG,
    PNG
  }

  private Images() {}

  /** A black one. */
  static byte[] plain(int width, int height, Kind kind) throws IOException {
    return encode(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), kind);
  }

  static byte[] noise(int width, int height, Kind kind) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(width + 31L * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return encode(image, kind);
  }

  private static byte[] encode(BufferedImage image, Kind kind) throws IOException {
    ImageWriter writer =
        ImageIO.getImageWritersByFormatName(kind == Kind.PNG ? "png" : "jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    if (kind == Kind.PROGRESSIVE_JPEG) {
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
