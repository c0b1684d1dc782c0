package io.paffmem.ingest.gateway;

import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;

/** Pictures as feeds send them. */
final class TestImages {
  private TestImages() {}

  /** A small picture to be taken for a face, 96x96. */
  static byte[] face(String format) {
    return encode(
        new SyntheticVideo(
                new SyntheticPeople(1).heldOut(0), 1, new SyntheticVideo.Format(96, 96, 25, 1))
            .frame(0)
            .image(),
        format);
  }

  /** A wall. */
  static byte[] faceless() {
    return encode(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "jpg");
  }

  /** A small file that declares gigabytes of pixels. */
  static byte[] pngBomb() {
    byte[] png = encode(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000); // width and height of IHDR
    return png;
  }

  /** A small file that keeps a decoder walking over its pixels. */
  static byte[] jpegOfManyScans() {
    byte[] jpeg = encode(new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB), "jpg");
    int scan = 2;
    while ((jpeg[scan + 1] & 0xFF) != 0xDA) {
      scan += 2 + ((jpeg[scan + 2] & 0xFF) << 8 | (jpeg[scan + 3] & 0xFF));
    }
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(jpeg, 0, scan);
    for (int i = 0; i < 1000; i++) {
      many.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x55});
    }
    many.write(jpeg, scan, jpeg.length - scan);
    return many.toByteArray();
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
