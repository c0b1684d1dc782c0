package io.paffmem.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;

class ImageHeadTest {
  private static final int WIDTH = 130;
  private static final int HEIGHT = 70;
  private static final ImageHead TRUE_SIZE = new ImageHead(WIDTH, HEIGHT);
  private static final byte[] SOI = {(byte) 0xFF, (byte) 0xD8};

  @Test
  void of_jpegAndPng_isTheDeclaredSize() throws IOException {
    assertThat(ImageHead.of(jpeg(false))).contains(TRUE_SIZE);
    assertThat(ImageHead.of(png())).contains(TRUE_SIZE);
  }

  @Test
  void of_progressiveJpeg_isTheDeclaredSize() throws IOException {
    assertThat(ImageHead.of(jpeg(true))).contains(TRUE_SIZE);
  }

  @Test
  void of_jpegWithAppSegmentsThatHoldAnotherPicture_isTheOuterSize() throws IOException {
    byte[] thumbnail = SOI.clone();
    byte[] exif =
        segment(0xE1, concat("Exif\0\0".getBytes(US_ASCII), frameHeader(16, 12), thumbnail));
    byte[] comment = segment(0xFE, new byte[300]);

    assertThat(ImageHead.of(concat(SOI, exif, comment, afterSoi(jpeg(false))))).contains(TRUE_SIZE);
  }

  @Test
  void of_jpegWithFillBytesAndRestartMarkers_isTheDeclaredSize() throws IOException {
    byte[] fill = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    byte[] standalone = {(byte) 0xFF, (byte) 0xD0, (byte) 0xFF, 0x01};

    assertThat(ImageHead.of(concat(SOI, standalone, fill, afterSoi(jpeg(false)))))
        .contains(TRUE_SIZE);
  }

  @Test
  void of_everyKindOfFrameHeader_isRead() {
    for (int marker = 0xC0; marker <= 0xCF; marker++) {
      byte[] header = frameHeader(WIDTH, HEIGHT);
      header[1] = (byte) marker;
      boolean isTable = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;

      assertThat(ImageHead.of(concat(SOI, header)).isPresent())
          .as("FF%02X", marker)
          .isEqualTo(!isTable);
    }
  }

  @Test
  void of_frameHeaderHiddenFromTheWalk_isNotReadPast() {
    // A decoder reads on behind FF00, an empty segment or a second SOI; the walk would skip to the
    // small header behind and believe it.
    byte[] huge = frameHeader(30_000, 30_000);
    byte[] small = frameHeader(96, 96);
    for (byte[] opening :
        new byte[][] {
          {(byte) 0xFF, 0x00, 0, (byte) (2 + huge.length)},
          {(byte) 0xFF, (byte) 0xD8, 0, (byte) (2 + huge.length)},
          {(byte) 0xFF, (byte) 0xD9, 0, (byte) (2 + huge.length)},
          {(byte) 0xFF, (byte) 0xDA, 0, (byte) (2 + huge.length)},
          {(byte) 0xFF, (byte) 0xE1, 0, 1}
        }) {
      assertThat(ImageHead.of(concat(SOI, opening, huge, small))).isEmpty();
    }
  }

  @Test
  void of_pngWithAnotherChunkInFront_isNone() throws IOException {
    byte[] png = png();
    ByteBuffer decoy = ByteBuffer.allocate(12 + 8);
    decoy.putInt(8).put(new byte[] {'d', 'c', 'o', 'y'}).putInt(96).putInt(96);

    assertThat(
            ImageHead.of(
                concat(
                    Arrays.copyOf(png, 8), decoy.array(), Arrays.copyOfRange(png, 8, png.length))))
        .isEmpty();
  }

  @Test
  void of_sizeOfZeroOrBelow_isNone() throws IOException {
    byte[] png = png();
    ByteBuffer.wrap(png).putInt(16, -5);

    assertThat(ImageHead.of(png)).isEmpty();
    assertThat(ImageHead.of(concat(SOI, frameHeader(0, 50)))).isEmpty();
  }

  @Test
  void of_everyPrefix_isNoneOrTheTrueSize() throws IOException {
    for (byte[] whole : new byte[][] {jpeg(false), png()}) {
      for (int length = 0; length <= whole.length; length++) {
        ImageHead.of(Arrays.copyOf(whole, length))
            .ifPresent(head -> assertThat(head).isEqualTo(TRUE_SIZE));
      }
      assertThat(ImageHead.of(Arrays.copyOf(whole, 20))).isEmpty();
    }
  }

  @Test
  void of_segmentBeyondTheEnd_isNone() {
    assertThat(
            ImageHead.of(
                concat(
                    SOI,
                    new byte[] {(byte) 0xFF, (byte) 0xE0, (byte) 0xFF, (byte) 0xFF},
                    new byte[50])))
        .isEmpty();
  }

  private static byte[] frameHeader(int width, int height) {
    return ByteBuffer.allocate(19)
        .putShort((short) 0xFFC0)
        .putShort((short) 17)
        .put((byte) 8)
        .putShort((short) height)
        .putShort((short) width)
        .put((byte) 3)
        .array();
  }

  private static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + content.length))
        .put(content)
        .array();
  }

  private static byte[] afterSoi(byte[] jpeg) {
    return Arrays.copyOfRange(jpeg, SOI.length, jpeg.length);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture(), "png", out);
    return out.toByteArray();
  }

  private static byte[] jpeg(boolean progressive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture(), null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static BufferedImage picture() {
    return new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  }
}
