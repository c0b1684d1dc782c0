package io.paffmem.schemas.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageHeadTest {
  private static final int WIDTH = 130;
  private static final int HEIGHT = 70;
  private static final List<Integer> TRUE_SIZE = List.of(WIDTH, HEIGHT);
  private static final byte[] SOI = {(byte) 0xFF, (byte) 0xD8};

  @Test
  void of_jpegAndPng_isTheDeclaredSize() throws IOException {
    assertThat(size(jpeg(false))).contains(TRUE_SIZE);
    assertThat(size(png())).contains(TRUE_SIZE);
  }

  @Test
  void of_progressiveJpeg_isTheDeclaredSize() throws IOException {
    assertThat(size(jpeg(true))).contains(TRUE_SIZE);
  }

  @Test
  void of_jpegWithAppSegmentsThatHoldAnotherPicture_isTheOuterSize() throws IOException {
    byte[] thumbnail = SOI.clone();
    byte[] exif =
        segment(0xE1, concat("Exif\0\0".getBytes(US_ASCII), frameHeader(16, 12), thumbnail));
    byte[] comment = segment(0xFE, new byte[300]);

    assertThat(size(concat(SOI, exif, comment, afterSoi(jpeg(false))))).contains(TRUE_SIZE);
  }

  @Test
  void of_jpegWithFillBytesAndRestartMarkers_isTheDeclaredSize() throws IOException {
    byte[] fill = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    byte[] standalone = {(byte) 0xFF, (byte) 0xD0, (byte) 0xFF, 0x01};

    assertThat(size(concat(SOI, standalone, fill, afterSoi(jpeg(false))))).contains(TRUE_SIZE);
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
            .ifPresent(head -> assertThat(size(head)).isEqualTo(TRUE_SIZE));
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

  /** Number of EXIF, and where the first pixel of a stored picture of 3 x 2 is when upright. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 2, 0", "3, 2, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 2", "8, 0, 2",
    "0, 0, 0", "9, 0, 0"
  })
  void orientation_everyNumberOfExif_turnsUpright(int number, int x, int y) throws IOException {
    for (boolean little : new boolean[] {true, false}) {
      byte[] turned = concat(SOI, exif(number, little), afterSoi(jpeg(false)));
      Orientation orientation = ImageHead.of(turned).orElseThrow().orientation();
      byte[] stored = new byte[3 * 3 * 2];
      stored[0] = 7;
      byte[] upright = new byte[stored.length];

      orientation.turn(stored, 3, 2, upright);

      int width = orientation.swapsSides() ? 2 : 3;
      assertThat(orientation.swapsSides()).isEqualTo(number >= 5 && number <= 8);
      assertThat(upright[3 * (y * width + x)]).isEqualTo((byte) 7);
      assertThat(orientation.toStored(x, y, 1, 1, 3, 2)).containsExactly(0, 0, 1, 1);
    }
  }

  @Test
  void orientation_displayMatrixOfEachOrientation_isThatOne() {
    double[][] matrices = {
      {1, 0, 0, 1}, {-1, 0, 0, 1}, {-1, 0, 0, -1}, {1, 0, 0, -1},
      {0, 1, 1, 0}, {0, 1, -1, 0}, {0, -1, -1, 0}, {0, -1, 1, 0}
    };
    for (int i = 0; i < matrices.length; i++) {
      double[] m = matrices[i];
      assertThat(Orientation.ofMatrix(m[0], m[1], m[2], m[3])).isEqualTo(Orientation.ofExif(i + 1));
    }
    // Twenty degrees are no quarter.
    assertThat(Orientation.ofMatrix(0.94, 0.34, -0.34, 0.94)).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void orientation_damagedExif_isUpright() throws IOException {
    byte[] whole = exif(6, true);
    for (int at = 4; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] = (byte) 0xFF;
      byte[] image = concat(SOI, damaged, afterSoi(jpeg(false)));

      assertThat(size(image)).contains(TRUE_SIZE);
    }
  }

  @Test
  void scans_asManyAsThereAre_areCounted() throws IOException {
    assertThat(ImageHead.of(jpeg(false)).orElseThrow().scans()).isEqualTo(1);
    ImageHead progressive = ImageHead.of(jpeg(true)).orElseThrow();
    assertThat(progressive.scans()).isBetween(5, 20);
    assertThat(progressive.hasTooManyScans()).isFalse();
  }

  /** Each scan is a few bytes, and a walk over all pixels. */
  @Test
  void scans_aThousandEmptyOnes_areTooMany() {
    byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x55};
    byte[] all = concat(SOI, frameHeader(64, 64));
    for (int i = 0; i < 1000; i++) {
      all = concat(all, scan, i % 7 == 0 ? new byte[] {(byte) 0xFF, 0x05} : new byte[0]);
    }

    ImageHead head = ImageHead.of(all).orElseThrow();
    assertThat(head.scans()).isEqualTo(1000);
    assertThat(head.hasTooManyScans()).isTrue();
  }

  @Test
  void hasTooManyScans_manyPixelsTimesScans_isBounded() {
    assertThat(new ImageHead(4000, 4000, Orientation.UPRIGHT, 12, true).hasTooManyScans())
        .isFalse();
    assertThat(new ImageHead(8000, 6000, Orientation.UPRIGHT, 12, true).hasTooManyScans()).isTrue();
    assertThat(new ImageHead(20_000, 20_000, Orientation.UPRIGHT, 1, true).hasTooManyScans())
        .isFalse();
  }

  /** An APP1 segment that says the orientation after another entry. */
  private static byte[] exif(int orientation, boolean little) {
    ByteBuffer tiff =
        ByteBuffer.allocate(8 + 2 + 24 + 4)
            .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.putShort((short) (little ? 0x4949 : 0x4D4D)).putShort((short) 42).putInt(8);
    tiff.putShort((short) 2);
    tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(99);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return segment(0xE1, concat("Exif\0\0".getBytes(US_ASCII), tiff.array()));
  }

  private static Optional<List<Integer>> size(byte[] image) {
    return ImageHead.of(image).map(ImageHeadTest::size);
  }

  private static List<Integer> size(ImageHead head) {
    return List.of(head.width(), head.height());
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
