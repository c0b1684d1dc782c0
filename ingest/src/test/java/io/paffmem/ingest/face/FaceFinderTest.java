package io.paffmem.ingest.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.ingest.video.Picture;
import io.paffmem.schemas.avro.FaceQuality;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class FaceFinderTest {
  private static final int SIDE = FaceConfig.CROP_SIDE;
  private final Box inside = new Box(60, 30, 100, 100);

  @Test
  void find_noise_isNothing() {
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      for (int seed = 0; seed < 5; seed++) {
        assertThat(finder.find(Pictures.noise(seed))).isEqualTo(new Sighting.Nothing());
      }
    }
  }

  @Test
  void find_pictureSmallerThanAnyFace_isNothing() {
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      assertThat(finder.find(Pictures.plain(5, 3, 90, 80, 70))).isEqualTo(new Sighting.Nothing());
    }
  }

  @Test
  void find_anotherDetector_isAsked() {
    try (FaceFinder finder = finderOf(inside)) {
      assertThat(finder.find(Pictures.noise(1)))
          .isEqualTo(new Sighting.Detected(inside, Face.at(inside)));
    }
  }

  @Test
  void find_followedFace_searchesItsSurroundingsAndNowAndThenTheWhole() {
    FaceConfig everyThird = config(3);
    Scripted detector = new Scripted();
    Picture picture = Pictures.noise(1);

    try (FaceFinder finder = new FaceFinder(everyThird, detector)) {
      detector.faces = List.of(inside);
      for (int i = 0; i < 7; i++) {
        assertThat(finder.find(picture)).isEqualTo(new Sighting.Detected(inside, Face.at(inside)));
      }
      assertThat(detector.searches).isEqualTo("whole near near whole near near whole ");

      detector.searches = "";
      detector.faces = List.of();
      assertThat(finder.find(picture)).isEqualTo(new Sighting.Carried(inside, 1));
      assertThat(detector.searches).isEqualTo("near whole ");
    }
  }

  @Test
  void crop_largeFaceInSight_isReadable() {
    Picture picture = Pictures.of(synthetic(1));
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      Sighting.Detected seen = (Sighting.Detected) finder.find(picture);

      FaceQuality quality = finder.crop(picture, seen.box(), seen.face()).quality();

      assertThat(quality.getReadable()).isTrue();
      assertThat(quality.getSide()).isEqualTo(seen.box().width());
      assertThat(quality.getCutOff()).isZero();
      assertThat(quality.getScore()).isEqualTo(seen.face().score());
      assertThat(quality.getYawDegrees()).as("the cascade knows no landmarks").isNull();
    }
  }

  @Test
  void crop_sameFaceAnEighthAsLarge_isLessSharpAndNotReadable() {
    Picture picture = Pictures.of(synthetic(1));
    Picture small = Pictures.of(synthetic(0.125));
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      Box box = ((Sighting.Detected) finder.find(picture)).box();
      Box eighth = new Box(box.x() / 8, box.y() / 8, box.width() / 8, box.height() / 8);

      FaceQuality before = finder.crop(picture, box, null).quality();
      FaceQuality after = finder.crop(small, eighth, null).quality();

      assertThat(after.getSharpness()).isLessThan(before.getSharpness() / 2);
      assertThat(after.getSide()).isEqualTo(box.width() / 8);
      assertThat(after.getReadable()).isFalse();
      assertThat(after.getScore()).as("of a carried box").isNull();
    }
  }

  @Test
  void crop_sameFaceHalfOutOfThePicture_isNotReadable() {
    BufferedImage whole = synthetic(1);
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      Box box = ((Sighting.Detected) finder.find(Pictures.of(whole))).box();
      int gone = Math.round(box.x() + box.width() / 2);
      Picture cut =
          Pictures.of(whole.getSubimage(gone, 0, whole.getWidth() - gone, whole.getHeight()));
      Box moved = new Box(box.x() - gone, box.y(), box.width(), box.height());

      FaceQuality quality = finder.crop(cut, moved, Face.at(moved)).quality();

      assertThat(quality.getCutOff()).isCloseTo(0.5f, within(0.02f));
      assertThat(quality.getReadable()).isFalse();
    }
  }

  @Test
  void crop_tiltedHead_isNotReadable() {
    Picture picture = Pictures.of(synthetic(1));
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      Box box = ((Sighting.Detected) finder.find(picture)).box();
      Landmarks tilted = new Landmarks(50, 50, 70, 85, 45, 75);

      FaceQuality quality = finder.crop(picture, box, new Face(box, 0.9f, tilted)).quality();

      assertThat(quality.getRollDegrees()).isCloseTo(60.3f, within(0.1f));
      assertThat(quality.getReadable()).isFalse();
    }
  }

  private static BufferedImage synthetic(double scale) {
    BufferedImage frame =
        new SyntheticVideo(new SyntheticPeople(1).person(0), 1, SyntheticVideo.Format.camera(1))
            .frame(0)
            .image();
    int width = (int) (scale * frame.getWidth());
    int height = (int) (scale * frame.getHeight());
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = scaled.createGraphics();
    pen.drawImage(frame.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
    pen.dispose();
    return scaled;
  }

  @Test
  void jpeg_wholePictureOfAnyShape_isA96x96PictureInItsColours() throws IOException {
    try (FaceFinder finder = finderOf(inside)) {
      for (Picture orange :
          List.of(
              Pictures.plain(200, 160, 240, 120, 20),
              Pictures.plain(96, 96, 240, 120, 20),
              Pictures.plain(20, 300, 240, 120, 20))) {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(finder.crop(orange).jpeg()));

        assertThat(image.getWidth()).isEqualTo(SIDE);
        assertThat(image.getHeight()).isEqualTo(SIDE);
        assertThat(image.getRGB(48, 48) >> 16 & 0xFF).isBetween(232, 248);
      }
    }
  }

  @Test
  void jpeg_anyBox_isA96x96PictureInItsColours() throws IOException {
    Picture orange = Pictures.plain(200, 160, 240, 120, 20);
    List<Box> boxes =
        List.of(
            inside,
            new Box(5, 5, 20, 20),
            new Box(-30, -40, 300, 300),
            new Box(190, 150, 40, 40),
            new Box(60, 30, 100, 100, 20),
            new Box(-30, -40, 300, 300, -50),
            new Box(190, 150, 40, 40, 35),
            new Box(400, -200, 40, 40, 35));

    try (FaceFinder finder = finderOf(inside)) {
      for (Box box : boxes) {
        BufferedImage image =
            ImageIO.read(new ByteArrayInputStream(finder.crop(orange, box, null).jpeg()));

        assertThat(image.getWidth()).isEqualTo(SIDE);
        assertThat(image.getHeight()).isEqualTo(SIDE);
        for (int at : new int[] {0, SIDE / 2, SIDE - 1}) {
          assertThat((image.getRGB(at, at) >> 16) & 0xff).isBetween(235, 245);
          assertThat((image.getRGB(at, at) >> 8) & 0xff).isBetween(115, 125);
          assertThat(image.getRGB(at, at) & 0xff).isBetween(15, 25);
        }
      }
    }
  }

  @Test
  void rgb_boxOfTheCropsOwnSize_isItsPixelsWithRedFirst() {
    Picture noise = Pictures.noise(3);
    FaceConfig noMargin = config(1);

    try (FaceFinder finder = new FaceFinder(noMargin, picture -> List.of())) {
      byte[] rgb = finder.rgb(noise, new Box(20, 10, SIDE, SIDE));

      assertThat(rgb).hasSize(3 * SIDE * SIDE);
      for (int y = 0; y < SIDE; y += 5) {
        for (int x = 0; x < SIDE; x += 7) {
          int source = 3 * ((10 + y) * noise.width() + 20 + x);
          int target = 3 * (y * SIDE + x);
          assertThat(rgb[target]).isEqualTo(noise.bgr()[source + 2]);
          assertThat(rgb[target + 1]).isEqualTo(noise.bgr()[source + 1]);
          assertThat(rgb[target + 2]).isEqualTo(noise.bgr()[source]);
        }
      }
    }
  }

  @Test
  void rgb_boxPastTheEdge_repeatsTheEdge() {
    byte[] bgr = new byte[3 * 100 * 100];
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 100; x++) {
        byte level = (byte) (x < 50 ? 40 : 200);
        int pixel = 3 * (y * 100 + x);
        bgr[pixel] = level;
        bgr[pixel + 1] = level;
        bgr[pixel + 2] = level;
      }
    }
    Picture halves = new Picture(0, 0, 100, 100, bgr);

    try (FaceFinder finder = finderOf(inside)) {
      byte[] rgb = finder.rgb(halves, new Box(-50, 0, 200, 200));

      assertThat(rgb[3 * 2] & 0xff).isEqualTo(40);
      assertThat(rgb[3 * (SIDE - 3)] & 0xff).isEqualTo(200);
      assertThat(rgb[3 * ((SIDE - 1) * SIDE + 2)] & 0xff).isEqualTo(40);
    }
  }

  @Test
  void faces_several_largestFirst() {
    Box small = new Box(0, 0, 20, 20);
    Scripted detector = new Scripted();
    detector.faces = List.of(small, inside);

    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults(), detector)) {
      assertThat(finder.faces(Pictures.noise(1))).containsExactly(Face.at(inside), Face.at(small));
      assertThat(detector.searches).isEqualTo("whole ");
    }
  }

  private static FaceFinder finderOf(Box box) {
    return new FaceFinder(FaceConfig.defaults(), picture -> List.of(Face.at(box)));
  }

  private static FaceConfig config(int fullSearchEvery) {
    return new FaceConfig(
        320, 1.1, 5, 0.1, fullSearchEvery, 48, 1, 0.3f, 5, 0.5, 0.4f, 0.75f, 1, 92);
  }

  private static final class Scripted implements FaceDetector {
    private List<Box> faces = List.of();
    private String searches = "";

    @Override
    public List<Face> detect(Picture picture) {
      searches += "whole ";
      return faces.stream().map(Face::at).toList();
    }

    @Override
    public List<Face> detectNear(Picture picture, Box box) {
      searches += "near ";
      return faces.stream().map(Face::at).toList();
    }
  }
}
