package io.paffmem.prior.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.ImageDecoder.Box;
import io.paffmem.prior.ImageDecoder.Decoded;
import io.paffmem.prior.ImageDecoder.Refused;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFlowImageDecoderTest {
  private static final int SIZE = 96;
  private static final int FACE_BYTES = SIZE * SIZE * 3;
  private static final int OFFSET = 5;
  private static final byte UNTOUCHED = 77;
  private static final TensorFlowImageDecoder DECODER = new TensorFlowImageDecoder(SIZE);

  @AfterAll
  static void close() {
    DECODER.close();
  }

  @Test
  void decode_pngOfTheRightSize_isCopiedExactlyToItsPlace() throws IOException {
    BufferedImage picture = noise(SIZE, SIZE, BufferedImage.TYPE_INT_RGB, 1);
    byte[] pixels = untouched();

    ImageDecoder.Result result = DECODER.decode(bytes(picture, "png"), null, pixels, OFFSET);

    assertThat(result).isEqualTo(new Decoded());
    assertThat(face(pixels)).isEqualTo(rgb(picture));
    assertThat(Arrays.copyOf(pixels, OFFSET)).containsOnly(UNTOUCHED);
    assertThat(Arrays.copyOfRange(pixels, OFFSET + FACE_BYTES, pixels.length))
        .containsOnly(UNTOUCHED);
  }

  @Test
  void decode_pngWithAlpha_isItsColours() throws IOException {
    BufferedImage picture = noise(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB, 2);

    assertThat(decoded(bytes(picture, "png"), null)).isEqualTo(rgb(picture));
  }

  @Test
  void decode_colourJpeg_isNearlyItsColours() throws IOException {
    BufferedImage picture = ramp(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);

    assertClose(decoded(bytes(picture, "jpg"), null), rgb(picture), 12);
  }

  @Test
  void decode_greyJpeg_isThreeEqualChannels() throws IOException {
    BufferedImage picture = ramp(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);

    byte[] face = decoded(bytes(picture, "jpg"), null);

    byte[] expected = new byte[FACE_BYTES];
    for (int i = 0; i < SIZE * SIZE; i++) {
      byte level = (byte) picture.getRaster().getSample(i % SIZE, i / SIZE, 0);
      Arrays.fill(expected, 3 * i, 3 * i + 3, level);
      assertThat(face[3 * i + 1]).isEqualTo(face[3 * i]);
      assertThat(face[3 * i + 2]).isEqualTo(face[3 * i]);
    }
    assertClose(face, expected, 6);
  }

  @Test
  void decode_pictureOfTwiceTheSize_isTheMeanOfEachFourPixels() throws IOException {
    BufferedImage picture = noise(2 * SIZE, 2 * SIZE, BufferedImage.TYPE_INT_RGB, 3);

    byte[] face = decoded(bytes(picture, "png"), null);

    byte[] expected = new byte[FACE_BYTES];
    for (int i = 0; i < FACE_BYTES; i++) {
      int x = 2 * (i / 3 % SIZE);
      int y = 2 * (i / 3 / SIZE);
      int shift = 16 - 8 * (i % 3);
      int sum = 0;
      for (int tap = 0; tap < 4; tap++) {
        sum += (picture.getRGB(x + tap % 2, y + tap / 2) >> shift) & 0xFF;
      }
      expected[i] = (byte) Math.round(sum / 4.0);
    }
    assertClose(face, expected, 1);
  }

  @Test
  void decode_box_isTheRegionInsideIt() throws IOException {
    BufferedImage picture = noise(300, 200, BufferedImage.TYPE_INT_RGB, 4);

    byte[] face = decoded(bytes(picture, "png"), new Box(170, 60, SIZE, SIZE));

    assertClose(face, rgb(picture.getSubimage(170, 60, SIZE, SIZE)), 0);
  }

  @Test
  void decode_boxOnTheWholePicture_isThePicture() throws IOException {
    BufferedImage picture = noise(SIZE, SIZE, BufferedImage.TYPE_INT_RGB, 5);

    assertThat(decoded(bytes(picture, "png"), new Box(0, 0, SIZE, SIZE))).isEqualTo(rgb(picture));
  }

  @Test
  void decode_boxSmallerThanTheFace_isEnlarged() throws IOException {
    BufferedImage picture = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 20 * 20; i++) {
      picture.setRGB(25 + i % 20, 10 + i / 20, 0x204060);
    }

    byte[] face = decoded(bytes(picture, "png"), new Box(25, 10, 20, 20));

    for (int i = 0; i < FACE_BYTES; i += 3) {
      assertThat(Arrays.copyOfRange(face, i, i + 3)).containsExactly(0x20, 0x40, 0x60);
    }
  }

  @Test
  void decode_pictureOfHalfTheSize_isInterpolatedAndNotMadeOfBlocks() throws IOException {
    BufferedImage picture = new BufferedImage(SIZE / 2, SIZE / 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE / 2 * SIZE / 2; i++) {
      picture.setRGB(i % (SIZE / 2), i / (SIZE / 2), 0x040404 * (i % (SIZE / 2)));
    }

    byte[] face = decoded(bytes(picture, "png"), null);

    // A ramp of 4 a pixel becomes one of 2; the picture's own pixels lie between two of the face's.
    for (int column = 1; column < SIZE - 1; column++) {
      assertThat(face[3 * column] & 0xFF).isEqualTo(2 * column - 1);
    }
  }

  /** EXIF's number, and which quarter of the upright picture is the stored one's upper left. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"
  })
  void decode_exifOrientation_isTurnedUpright(int number, int right, int down) throws IOException {
    BufferedImage picture = new BufferedImage(200, 160, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 100 * 80; i++) {
      picture.setRGB(i % 100, i / 100, 0xFFFFFF);
    }
    byte[] jpeg = withOrientation(bytes(picture, "jpg"), number);
    boolean swapped = number >= 5;
    int width = swapped ? 160 : 200;
    int height = swapped ? 200 : 160;

    byte[] whole = decoded(jpeg, null);
    byte[] quarter =
        decoded(jpeg, new Box(right * width / 2, down * height / 2, width / 2, height / 2));

    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 2; x++) {
        int level = whole[3 * ((24 + 48 * y) * SIZE + 24 + 48 * x)] & 0xFF;
        assertThat(level > 128).isEqualTo(x == right && y == down);
      }
    }
    byte[] white = new byte[FACE_BYTES];
    Arrays.fill(white, (byte) 255);
    assertThat(meanDifference(quarter, white)).isLessThan(4);
    assertRefused(jpeg, new Box(0, 0, width + 1, height), "face_box_outside");
  }

  private static double meanDifference(byte[] one, byte[] other) {
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
    }
    return (double) sum / one.length;
  }

  @Test
  void decode_jpegOfAThousandScans_isRefusedByItsHead() throws IOException {
    byte[] jpeg = bytes(noise(SIZE, SIZE, BufferedImage.TYPE_INT_RGB, 12), "jpg");
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    int scan = indexOf(jpeg, 0xDA);
    many.write(jpeg, 0, scan);
    for (int i = 0; i < 1000; i++) {
      many.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x55});
    }
    many.write(jpeg, scan, jpeg.length - scan);

    assertRefused(many.toByteArray(), null, "too_many_scans");
  }

  /** With an EXIF segment behind its beginning. */
  private static byte[] withOrientation(byte[] jpeg, int number) {
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) number,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(jpeg, 0, 2);
    all.writeBytes(exif);
    all.write(jpeg, 2, jpeg.length - 2);
    return all.toByteArray();
  }

  @Test
  void decode_boxOutsideThePicture_isRefused() throws IOException {
    byte[] png = bytes(noise(120, 100, BufferedImage.TYPE_INT_RGB, 6), "png");

    for (Box box :
        List.of(
            new Box(-1, 0, 50, 50),
            new Box(0, -1, 50, 50),
            new Box(71, 0, 50, 50),
            new Box(0, 51, 50, 50),
            new Box(0, 0, 0, 50),
            new Box(0, 0, 50, 0),
            new Box(Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 50))) {
      assertRefused(png, box, "face_box_outside");
    }
  }

  @Test
  void decode_randomBytes_areNotAnImage() {
    byte[] bytes = new byte[5_000];
    new Random(7).nextBytes(bytes);

    assertRefused(bytes, null, "not_an_image");
    assertRefused(new byte[0], null, "not_an_image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "bmp"})
  void decode_otherFormats_areNotAnImage(String format) throws IOException {
    assertRefused(
        bytes(noise(SIZE, SIZE, BufferedImage.TYPE_INT_RGB, 8), format), null, "not_an_image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png"})
  void decode_truncatedPicture_isRefused(String format) throws IOException {
    byte[] whole = bytes(noise(SIZE, SIZE, BufferedImage.TYPE_INT_RGB, 9), format);

    assertRefused(Arrays.copyOf(whole, whole.length / 2), null, "truncated_image");
    assertRefused(Arrays.copyOf(whole, whole.length - 40), null, "truncated_image");
    assertRefused(Arrays.copyOf(whole, whole.length / 2), new Box(1, 1, 9, 9), "truncated_image");
  }

  @Test
  void decode_pngHeadOfGigapixels_isRefusedByItsHead() throws IOException {
    byte[] png = bytes(noise(SIZE, SIZE, BufferedImage.TYPE_INT_RGB, 10), "png");
    ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);

    assertRefused(png, null, "too_many_pixels");
    assertRefused(png, new Box(0, 0, SIZE, SIZE), "too_many_pixels");
  }

  @Test
  void decode_jpegHeadOfGigapixels_isRefusedByItsHead() throws IOException {
    byte[] jpeg = bytes(noise(SIZE, SIZE, BufferedImage.TYPE_INT_RGB, 11), "jpg");
    int frameHeader = indexOf(jpeg, 0xC0);
    ByteBuffer.wrap(jpeg)
        .putShort(frameHeader + 5, (short) 30_000)
        .putShort(frameHeader + 7, (short) 30_000);

    assertRefused(jpeg, null, "too_many_pixels");
  }

  @Test
  void decode_fromSeveralThreads_givesEachItsOwnPicture() throws Exception {
    int pictures = 8;
    List<byte[]> encoded = new ArrayList<>();
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      BufferedImage picture = noise(120 + i, 110 + i, BufferedImage.TYPE_INT_RGB, 100 + i);
      encoded.add(bytes(picture, "png"));
      expected.add(rgb(picture.getSubimage(i, 2 * i, SIZE, SIZE)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<byte[]>> faces = new ArrayList<>();
      for (int i = 0; i < 10 * pictures; i++) {
        int which = i % pictures;
        faces.add(
            threads.submit(
                () -> decoded(encoded.get(which), new Box(which, 2 * which, SIZE, SIZE))));
      }
      for (int i = 0; i < faces.size(); i++) {
        assertThat(faces.get(i).get()).isEqualTo(expected.get(i % pictures));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] decoded(byte[] image, @Nullable Box box) {
    byte[] pixels = untouched();
    assertThat(DECODER.decode(image, box, pixels, OFFSET)).isEqualTo(new Decoded());
    return face(pixels);
  }

  private static void assertRefused(byte[] image, @Nullable Box box, String reason) {
    byte[] pixels = untouched();

    assertThat(DECODER.decode(image, box, pixels, OFFSET)).isEqualTo(new Refused(reason));
    assertThat(pixels).containsOnly(UNTOUCHED);
  }

  private static byte[] untouched() {
    byte[] pixels = new byte[OFFSET + FACE_BYTES + OFFSET];
    Arrays.fill(pixels, UNTOUCHED);
    return pixels;
  }

  private static byte[] face(byte[] pixels) {
    return Arrays.copyOfRange(pixels, OFFSET, OFFSET + FACE_BYTES);
  }

  private static BufferedImage noise(int width, int height, int type, long seed) {
    Random random = new Random(seed);
    BufferedImage picture = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, 0xFF000000 | random.nextInt(1 << 24));
    }
    return picture;
  }

  private static BufferedImage ramp(int width, int height, int type) {
    BufferedImage picture = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      int across = 255 * (i % width) / width;
      int down = 255 * (i / width) / height;
      picture.setRGB(i % width, i / width, across << 16 | down << 8 | (across + down) / 2);
    }
    return picture;
  }

  private static byte[] bytes(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] rgb(BufferedImage picture) {
    byte[] rgb = new byte[picture.getWidth() * picture.getHeight() * 3];
    for (int i = 0; i < rgb.length; i++) {
      int colour = picture.getRGB(i / 3 % picture.getWidth(), i / 3 / picture.getWidth());
      rgb[i] = (byte) (colour >> (16 - 8 * (i % 3)));
    }
    return rgb;
  }

  private static void assertClose(byte[] actual, byte[] expected, int tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    int largest = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF)));
    }
    assertThat(largest).isLessThanOrEqualTo(tolerance);
  }

  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == marker) {
        return i;
      }
    }
    throw new AssertionError("no such marker");
  }
}
