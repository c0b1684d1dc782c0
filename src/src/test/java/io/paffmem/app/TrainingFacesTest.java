package io.paffmem.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.pipeline.StartException;
import io.paffmem.training.FaceSet;
import io.paffmem.training.LabelledFace;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingFacesTest {
  /** 0.299 x 200 + 0.587 x 100 + 0.114 x 50 = 124.2. */
  private static final Color COLOUR = new Color(200, 100, 50);

  private static final int LUMINANCE = 124;

  @TempDir private Path folder;
  private final AtomicInteger unreadable = new AtomicInteger();

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(folder.resolve("images"));
  }

  @Test
  void photographs_everyKindOfPicture_grey() throws IOException {
    BufferedImage grey = new BufferedImage(50, 60, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 50, 60, 0, filled(50 * 60, 90));
    BufferedImage deep = new BufferedImage(50, 60, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSamples(0, 0, 50, 60, 0, filled(50 * 60, 90 << 8));
    write(grey, "jpeg", "Ann_Grey_0001.jpg");
    write(deep, "png", "Ann_Grey_0002.png");
    write(painted(BufferedImage.TYPE_3BYTE_BGR), "png", "Bob_Colour_0001.png");
    write(painted(BufferedImage.TYPE_BYTE_INDEXED), "png", "Bob_Colour_0002.png");
    Files.writeString(folder.resolve("images").resolve("Cut_0001.jpg"), "no picture");
    byte[] whole = Files.readAllBytes(folder.resolve("images").resolve("Bob_Colour_0001.png"));
    Files.write(folder.resolve("images").resolve("Cut_0002.png"), Arrays.copyOf(whole, 60));
    legend(
        "Ann_Grey_0001.jpg,happiness",
        "Ann_Grey_0002.png,neutral",
        "Bob_Colour_0001.png,FEAR",
        "Bob_Colour_0002.png,anger",
        "Cut_0001.jpg,neutral",
        "Cut_0002.png,neutral");

    FaceSet set = photographs();

    assertThat(unreadable).hasValue(2);
    assertThat(set.faces()).extracting(LabelledFace::side).containsOnly(112);
    assertThat(set.faces())
        .extracting(LabelledFace::person)
        .containsExactly("Ann_Grey", "Ann_Grey", "Bob_Colour", "Bob_Colour");
    assertThat(set.faces())
        .extracting(LabelledFace::valence)
        .containsExactly(0.80f, 0f, -0.55f, -0.60f);
    assertThat(set.faces().get(0).arousal()).isEqualTo(0.35f);
    assertThat(values(set.faces().get(0))).allMatch(value -> Math.abs(value - 90) <= 1);
    assertThat(values(set.faces().get(1))).containsOnly(90);
    assertThat(values(set.faces().get(2))).containsOnly(LUMINANCE);
    // The palette has no such colour, but a near one.
    assertThat(values(set.faces().get(3))).allMatch(value -> Math.abs(value - LUMINANCE) <= 12);
  }

  @Test
  void photographs_scaled_keepsWhatIsWhere() throws IOException {
    BufferedImage halves = new BufferedImage(224, 56, BufferedImage.TYPE_BYTE_GRAY);
    halves.getRaster().setSamples(112, 0, 112, 56, 0, filled(112 * 56, 255));
    write(halves, "png", "Ann_0001.png");
    legend("Ann_0001.png,neutral");

    List<Integer> values = values(photographs().faces().get(0));

    assertThat(values.get(0)).isZero();
    assertThat(values.get(55)).isZero();
    assertThat(values.get(56)).isEqualTo(255);
    assertThat(values.get(111 * 112 + 55)).isZero();
    assertThat(values.get(111 * 112 + 111)).isEqualTo(255);
  }

  @Test
  void photographs_noneReadable_saysSo() throws IOException {
    Files.writeString(folder.resolve("images").resolve("Cut_0001.jpg"), "no picture");
    legend("Cut_0001.jpg,neutral", "Gone_0001.jpg,neutral");

    assertThatThrownBy(this::photographs)
        .isInstanceOf(StartException.class)
        .hasMessageContaining("1 are unreadable, 1 missing")
        .hasMessageContaining("--faces");
  }

  @Test
  void synthetic_sameSeed_samePairsOfAPerson() {
    FaceSet faces = TrainingFaces.synthetic(21, 7);
    FaceSet again = TrainingFaces.synthetic(21, 7);

    assertThat(faces.faces()).hasSize(21);
    assertThat(faces.faces().get(0).person()).isEqualTo("synthetic-0");
    assertThat(faces.faces().get(20).person()).isEqualTo("synthetic-1");
    assertThat(faces.faces().get(0).edited()).isNotNull();
    assertThat(faces.faces().get(20).grey()).isEqualTo(again.faces().get(20).grey());
    assertThat(faces.faces().get(20).grey()).isNotEqualTo(faces.faces().get(0).grey());
  }

  private FaceSet photographs() {
    return TrainingFaces.photographs(FacialExpressions.read(folder), unreadable::incrementAndGet);
  }

  private void legend(String... rows) throws IOException {
    StringBuilder text = new StringBuilder("user.id,image,emotion\n");
    for (String row : rows) {
      text.append("628,").append(row).append('\n');
    }
    Files.writeString(folder.resolve("data").resolve("legend.csv"), text);
  }

  private void write(BufferedImage image, String format, String name) throws IOException {
    assertThat(ImageIO.write(image, format, folder.resolve("images").resolve(name).toFile()))
        .isTrue();
  }

  private static BufferedImage painted(int type) {
    BufferedImage image = new BufferedImage(64, 64, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(COLOUR);
    graphics.fillRect(0, 0, 64, 64);
    graphics.dispose();
    return image;
  }

  private static int[] filled(int length, int value) {
    int[] values = new int[length];
    Arrays.fill(values, value);
    return values;
  }

  private static List<Integer> values(LabelledFace face) {
    List<Integer> values = new ArrayList<>();
    for (byte value : face.grey()) {
      values.add(value & 0xFF);
    }
    return values;
  }
}
