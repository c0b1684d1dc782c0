package io.paffmem.app.imagine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.app.Ran;
import io.paffmem.app.run.JpegFaces;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.prior.TinyPrior;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("model")
@Timeout(600)
final class ImagineCommandTest {
  private static final FaceRenderer RENDERER = new FaceRenderer();
  private static final SyntheticPeople PEOPLE = new SyntheticPeople(1);

  @TempDir private Path folder;

  @Test
  void imagine_pictureOfOnePerson_writesTheSquare() throws IOException {
    Path out = folder.resolve("grid.png");

    Ran ran = Ran.paffmem("imagine", portrait(2).toString(), "--out=" + out, "--steps=3");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern("sees arousal [+-]0\\.\\d\\d, valence [+-]0\\.\\d\\d")
        .contains("The picture is in " + out)
        .doesNotContain("taking the largest");
    BufferedImage sheet = ImageIO.read(out.toFile());
    // Original and labels beside three columns.
    assertThat(sheet.getWidth()).isEqualTo(2 * 28 + 5 * 132);
    assertThat(sheet.getHeight()).isEqualTo(2 * 28 + 3 * 132);
    Set<Integer> cells = new HashSet<>();
    for (int row = 0; row < 3; row++) {
      for (int column = 2; column < 5; column++) {
        int[] pixels = sheet.getRGB(28 + 132 * column, 28 + 132 * row, 128, 128, null, 0, 128);
        cells.add(Arrays.hashCode(pixels));
      }
    }
    assertThat(cells).as("nine expressions, none like another").hasSize(9);
    ran.assertNothingLeft();
  }

  @Test
  void imagine_twoPeople_takesTheLargestAndSaysSo() throws IOException {
    BufferedImage both = new BufferedImage(640, 240, BufferedImage.TYPE_3BYTE_BGR);
    both.createGraphics().drawImage(frame(0, 1), 0, 0, null);
    both.createGraphics().drawImage(frame(2, 0.8f), 320, 0, null);
    Path picture = write(both, "both.png");

    Ran ran = Ran.paffmem("imagine", picture.toString(), "--out=" + folder.resolve("g.png"));

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("2 faces were found in " + picture, "taking the largest");
  }

  @Test
  void find_greyPicture_hasTheLevelsThatAreStored() throws IOException {
    BufferedImage portrait = frame(2, 1);
    BufferedImage grey = new BufferedImage(320, 240, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage same = new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 320 * 240; i++) {
      int level = portrait.getRGB(i % 320, i / 320) >> 8 & 0xFF;
      grey.getRaster().setSample(i % 320, i / 320, 0, level);
      same.setRGB(i % 320, i / 320, level << 16 | level << 8 | level);
    }

    FacePicture ofGrey = FacePicture.find(write(grey, "grey.png"));

    assertThat(ofGrey.faces()).isEqualTo(1);
    assertThat(ofGrey.rgb()).isEqualTo(FacePicture.find(write(same, "same.png")).rgb());
  }

  @Test
  void imagine_crop_isTakenAsItIs() throws IOException {
    byte[] rgb = RENDERER.faceCrop(PEOPLE.heldOut(0), ShownAffect.NEUTRAL, FaceScene.PLAIN);
    Path crop = folder.resolve("crop.jpg");
    Files.write(crop, new JpegFaces().encode(rgb));
    Path out = folder.resolve("grid.png");

    Ran ran = Ran.paffmem("imagine", crop.toString(), "--crop", "--out=" + out);

    assertThat(ran.status()).as(ran.err()).isZero();
    int shown = ImageIO.read(out.toFile()).getRGB(28 + 64, 28 + 64);
    int middle = 3 * (48 * 96 + 48);
    assertThat(shown >> 8 & 0xFF).isCloseTo(rgb[middle + 1] & 0xFF, levels(25));
  }

  @Test
  void imagine_activations_threeEditsBelowEachOther() throws IOException {
    Path model = TinyPrior.write(folder.resolve("pk"));
    Path out = folder.resolve("figure.png");

    Ran ran =
        Ran.paffmem(
            "imagine", portrait(2).toString(), "--activations", "--out=" + out, "--model=" + model);

    assertThat(ran.status()).as(ran.err()).isZero();
    BufferedImage sheet = ImageIO.read(out.toFile());
    assertThat(sheet.getWidth()).isEqualTo(2 * 28 + 4 * 132);
    assertThat(sheet.getHeight()).isEqualTo(2 * 28 + 2 * 132);
  }

  @Test
  void imagine_noFace_saysHowToGoOn() throws IOException {
    Path wall = write(new BufferedImage(200, 200, BufferedImage.TYPE_3BYTE_BGR), "wall.png");
    Path out = folder.resolve("grid.png");

    Ran.paffmem("imagine", wall.toString(), "--out=" + out)
        .assertRefused("no face was found in " + wall, "--crop");

    assertThat(out).doesNotExist();
  }

  @Test
  void imagine_filesThatAreNoPictures_named() throws IOException {
    Path text = Files.writeString(folder.resolve("letter.jpg"), "Dear all,\n");
    byte[] whole = Files.readAllBytes(portrait(0));
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    String out = "--out=" + folder.resolve("grid.png");

    Ran.paffmem("imagine", text.toString(), out).assertRefused("letter.jpg", "JPEG or PNG");
    Ran.paffmem("imagine", cut.toString(), out).assertRefused("cut.png", "damaged");
    Ran.paffmem("imagine", text.toString(), out, "--crop")
        .assertRefused("letter.jpg", "not an image");
    Ran.paffmem("imagine", cut.toString(), out, "--crop")
        .assertRefused("cut.png", "truncated image");
    Ran.paffmem("imagine", folder.toString(), out).assertRefused("is a folder");
    Ran.paffmem("imagine", folder.resolve("gone.jpg").toString(), out)
        .assertRefused("there is no file", "gone.jpg");
  }

  @Test
  void imagine_badOptions_allNamed() {
    Ran.paffmem("imagine", "x.png", "--steps=1", "--out=" + folder)
        .assertRefused("--steps is 1", "is a folder");
    Ran.paffmem("imagine", "x.png", "--out=" + folder.resolve("gone").resolve("g.png"))
        .assertRefused("must be a folder that is there");
  }

  private static Offset<Integer> levels(int levels) {
    return within(levels);
  }

  private Path portrait(int person) throws IOException {
    return write(frame(person, 1), "portrait-" + person + ".png");
  }

  private static BufferedImage frame(int person, float scale) {
    FaceScene plain = FaceScene.PLAIN;
    FaceScene scene =
        new FaceScene(
            0,
            0,
            0,
            0,
            0,
            scale,
            plain.lightX(),
            plain.lightY(),
            plain.lightStrength(),
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            1);
    return RENDERER.frame(PEOPLE.heldOut(person), ShownAffect.NEUTRAL, scene, 320, 240);
  }

  private Path write(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }
}
