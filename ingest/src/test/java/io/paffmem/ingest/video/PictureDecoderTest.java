package io.paffmem.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.ingest.SharedData;
import io.paffmem.schemas.image.ImageHead;
import io.paffmem.schemas.image.Orientation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PictureDecoderTest {
  /** A phone's sides, and what is left of them. */
  @ParameterizedTest
  @CsvSource({"640, 480, 1", "4000, 2000, 1", "4032, 3024, 2", "8000, 6000, 4"})
  void decode_jpegOfAPhone_isScaledDownOnTheWay(int width, int height, int divisor)
      throws IOException {
    byte[] jpeg = Images.plain(width, height, Images.Kind.JPEG);

    Picture picture = PictureDecoder.decode(jpeg).orElseThrow();

    assertThat(picture.width()).isEqualTo(width / divisor);
    assertThat(picture.height()).isEqualTo(height / divisor);
    assertThat(PictureDecoder.isTooCostly(ImageHead.of(jpeg).orElseThrow())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 64, 48", "3, 64, 48", "6, 48, 64", "8, 48, 64"})
  void decode_exifOrientation_isTurnedOnce(int number, int width, int height) throws IOException {
    Picture picture =
        PictureDecoder.decode(withOrientation(Images.noise(64, 48, Images.Kind.JPEG), number))
            .orElseThrow();
    Picture stored = PictureDecoder.decode(Images.noise(64, 48, Images.Kind.JPEG)).orElseThrow();

    byte[] turned = new byte[stored.bgr().length];
    Orientation.ofExif(number).turn(stored.bgr(), 64, 48, turned);

    assertThat(picture.width()).isEqualTo(width);
    assertThat(picture.height()).isEqualTo(height);
    assertThat(picture.bgr()).isEqualTo(turned);
  }

  @Test
  void decode_sharedPictureOnItsSide_isUpright() throws IOException {
    byte[] jpeg = Files.readAllBytes(SharedData.oddInput("exif6_needs_cw.jpg"));
    ImageHead head = ImageHead.of(jpeg).orElseThrow();

    assertThat(head.orientation()).isEqualTo(Orientation.CLOCKWISE);
    assertThat(PictureDecoder.decode(jpeg).orElseThrow().width()).isEqualTo(head.height());
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096, 1, false, false",
    "8000, 6000, 1, false, true",
    "8000, 6000, 1, true, false",
    "8000, 6000, 4, true, true",
    "4000, 4000, 10, true, false",
    "640, 480, 65, true, true"
  })
  void isTooCostly_whatCannotBeScaled_isBounded(
      int width, int height, int scans, boolean jpeg, boolean costly) {
    ImageHead head = new ImageHead(width, height, Orientation.UPRIGHT, scans, jpeg);

    assertThat(PictureDecoder.isTooCostly(head)).isEqualTo(costly);
  }

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
}
