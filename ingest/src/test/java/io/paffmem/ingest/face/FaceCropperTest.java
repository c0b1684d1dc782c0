package io.paffmem.ingest.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.ingest.video.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

final class FaceCropperTest {
  private static final int SIDE = FaceConfig.CROP_SIDE;

  /** Without a margin. */
  private static final FaceConfig EXACT =
      new FaceConfig(320, 1.1, 5, 0.1, 1, 48, 1, 0.3f, 5, 0.5, 0.4f, 0.75f, 1, 92);

  @Test
  void rgb_boxTurnedByARightAngle_isItsPixelsTurnedBack() {
    Picture noise = Pictures.noise(3);
    try (FaceCropper cropper = new FaceCropper(EXACT)) {
      byte[] rgb = cropper.rgb(noise, new Box(20, 10, SIDE, SIDE, 90));

      for (int y = 0; y < SIDE; y += 5) {
        for (int x = 0; x < SIDE; x += 7) {
          // To the right in the crop is down in the picture.
          int source = 3 * ((10 + x) * noise.width() + 20 + SIDE - 1 - y);
          int target = 3 * (y * SIDE + x);
          assertThat(rgb[target] & 0xff).isCloseTo(noise.bgr()[source + 2] & 0xff, within(1));
          assertThat(rgb[target + 2] & 0xff).isCloseTo(noise.bgr()[source] & 0xff, within(1));
        }
      }
    }
  }

  @Test
  void rgb_turnedBoxLargerThanTheCrop_isTheMeanOfWhatLiesUnderEachPixel() {
    int width = 2 * SIDE + 10;
    byte[] bgr = new byte[3 * width * width];
    for (int i = 0; i < width * width; i++) {
      // Too fine for the crop: every second column and row is dark.
      boolean light = i % width % 2 == 0 && i / width % 2 == 0;
      bgr[3 * i] = bgr[3 * i + 1] = bgr[3 * i + 2] = (byte) (light ? 200 : 0);
    }
    try (FaceCropper cropper = new FaceCropper(EXACT)) {
      byte[] rgb =
          cropper.rgb(new Picture(0, 0, width, width, bgr), new Box(5, 5, 2 * SIDE, 2 * SIDE, 180));

      for (int i = 0; i < rgb.length; i += 101) {
        assertThat(rgb[i] & 0xff).isCloseTo(50, within(1));
      }
    }
  }

  @Test
  void rgb_turnedFaceInABoxThatIsTurnedAsMuch_isUprightToADegree() {
    BufferedImage upright =
        new SyntheticVideo(new SyntheticPeople(1).person(0), 1, SyntheticVideo.Format.camera(1))
            .frame(0)
            .image();
    Box box;
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      box = ((Sighting.Detected) finder.find(Pictures.of(upright))).box();
    }
    try (FaceCropper cropper = new FaceCropper(FaceConfig.defaults())) {
      byte[] wanted = cropper.rgb(Pictures.of(upright), box);
      for (int degrees : new int[] {-40, -20, 10, 30, 55}) {
        Picture turned = Pictures.of(turned(upright, box, degrees));

        double apart = apart(wanted, cropper.rgb(turned, at(box, degrees)));

        assertThat(apart).isLessThan(3);
        assertThat(apart).isLessThan(apart(wanted, cropper.rgb(turned, at(box, degrees - 1))));
        assertThat(apart).isLessThan(apart(wanted, cropper.rgb(turned, at(box, degrees + 1))));
      }
    }
  }

  @Test
  void rgb_boxThatIsHardlyTurned_isAsIfItWereNot() {
    Picture picture = Pictures.posterBeside();
    try (FaceCropper cropper = new FaceCropper(FaceConfig.defaults())) {
      for (Box box : new Box[] {Pictures.LIVING, Pictures.POSTER, new Box(-20, 100, 90, 90)}) {
        assertThat(apart(cropper.rgb(picture, box), cropper.rgb(picture, at(box, 0.01f))))
            .isLessThan(4);
      }
    }
  }

  private static Box at(Box box, float tilt) {
    return new Box(box.x(), box.y(), box.width(), box.height(), tilt);
  }

  /** About the middle of the box, clockwise. */
  private static BufferedImage turned(BufferedImage image, Box box, int degrees) {
    BufferedImage turned =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = turned.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.rotate(Math.toRadians(degrees), box.x() + box.width() / 2, box.y() + box.height() / 2);
    pen.drawImage(image, 0, 0, null);
    pen.dispose();
    return turned;
  }

  /** Mean over the middle, which no turn takes out of the picture. */
  private static double apart(byte[] one, byte[] other) {
    double sum = 0;
    int count = 0;
    for (int y = SIDE / 8; y < SIDE - SIDE / 8; y++) {
      for (int x = SIDE / 8; x < SIDE - SIDE / 8; x++) {
        int at = 3 * (y * SIDE + x);
        sum += Math.abs((one[at] & 0xff) - (other[at] & 0xff));
        count++;
      }
    }
    return sum / count;
  }
}
