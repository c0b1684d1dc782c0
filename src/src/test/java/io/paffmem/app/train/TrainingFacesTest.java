package io.paffmem.app.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.paffmem.start.StartException;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingFacesTest {
  /** 0.299 x 200 + 0.587 x 100 + 0.114 x 50 = 124.2. */
  private static final Color COLOUR = new Color(200, 100, 50);

  private static final int LUMINANCE = 124;

  /** Of two people, Ann is on the one side and Bob on the other. */
  private static final long SEED = 1;

  @TempDir private Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(folder.resolve("images"));
  }

  @Test
  void faces_everyKindOfPicture_greyAndTheRestCountedByReason() throws Exception {
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
        "Gone_0001.png,neutral",
        "Bob_Colour_0001.png,FEAR",
        "Bob_Colour_0001.png,bliss",
        "Bob_Colour_0002.png,anger",
        "Cut_0001.jpg,neutral",
        "Cut_0002.png,neutral");

    TrainingFaces read = load("faces=" + folder);

    assertThat(read.leftOut())
        .containsOnly(
            entry("missing_image", 1),
            entry("unknown_expression", 1),
            entry("not_an_image", 1),
            entry("truncated_image", 1));
    assertThat(read.said())
        .isEqualTo(
            "faces: 2 to train on, 2 to validate on; left out: 1 missing_image, 1 not_an_image,"
                + " 1 truncated_image, 1 unknown_expression");
    // A person is on one side.
    assertThat(people(read.split().training())).hasSize(1);
    assertThat(people(read.split().validation())).hasSize(1);
    Map<String, LabelledFace> byValence = new HashMap<>();
    for (LabelledFace face : all(read)) {
      assertThat(face.side()).isEqualTo(96);
      byValence.put(face.person() + " " + face.valence(), face);
    }
    assertThat(byValence)
        .containsOnlyKeys("Ann_Grey 0.8", "Ann_Grey 0.0", "Bob_Colour -0.55", "Bob_Colour -0.6");
    assertThat(values(byValence.get("Ann_Grey 0.8"))).allMatch(v -> Math.abs(v - 90) <= 1);
    assertThat(values(byValence.get("Ann_Grey 0.0"))).containsOnly(90);
    assertThat(values(byValence.get("Bob_Colour -0.55"))).containsOnly(LUMINANCE);
    // The palette has no such colour, but a near one.
    assertThat(values(byValence.get("Bob_Colour -0.6")))
        .allMatch(v -> Math.abs(v - LUMINANCE) <= 12);
  }

  @Test
  void faces_noneReadable_saysWhatWasLookedForAndWhere() throws Exception {
    Files.writeString(folder.resolve("images").resolve("Cut_0001.jpg"), "no picture");
    legend("Cut_0001.jpg,neutral", "Gone_0001.jpg,neutral");

    assertThatThrownBy(() -> load("faces=" + folder))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no usable picture in --dataset faces=" + folder)
        .hasMessageContaining("data/legend.csv with pictures in images/")
        .hasMessageEndingWith("left out: 1 missing_image, 1 not_an_image");
  }

  @Test
  void faces_peopleOnOneSideOnly_saysSo() throws Exception {
    write(painted(BufferedImage.TYPE_3BYTE_BGR), "png", "Ann_0001.png");
    legend("Ann_0001.png,neutral");

    assertThatThrownBy(() -> load("faces=" + folder))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("face set faces has nobody to");
  }

  @Test
  void affectNet_ownSplitAndBoxes_rowsFromFaceYAndColumnsFromFaceX() throws Exception {
    // Black, but for a white field of 20 columns from 30 and 10 rows from 60.
    BufferedImage picture = new BufferedImage(100, 80, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSamples(30, 60, 20, 10, 0, filled(20 * 10, 255));
    write(picture, "png", "a.png");
    String header =
        "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,"
            + "valence,arousal\n";
    Files.writeString(
        folder.resolve("training.csv"),
        header
            + "a.png,30,60,20,10,1;2,1,0.5,0.25\n"
            + "a.png,30,50,20,20,1;2,1,0.25,0.75\n"
            + "a.png,90,60,20,10,1;2,1,0.5,0.25\n");
    Files.writeString(folder.resolve("validation.csv"), header + "a.png,0,0,20,10,1;2,0,0,0\n");

    TrainingFaces read = load("affectnet=" + folder);

    List<LabelledFace> training = read.split().training().faces();
    assertThat(training).extracting(LabelledFace::valence).containsExactly(0.5f, 0.25f);
    assertThat(training).extracting(LabelledFace::arousal).containsExactly(0.25f, 0.75f);
    assertThat(values(training.get(0))).containsOnly(255);
    // Between them the enlarged face goes from the one to the other.
    assertThat(values(training.get(1)).subList(0, 45 * 96)).containsOnly(0);
    assertThat(values(training.get(1)).subList(51 * 96, 96 * 96)).containsOnly(255);
    assertThat(values(read.split().validation().faces().get(0))).containsOnly(0);
    assertThat(read.leftOut()).containsOnly(entry("face_box_outside", 1));
  }

  @Test
  void checkMemory_moreFacesThanFit_saysHowToStart() {
    Photographs.checkMemory("affectnet", 11_000, 96 * 96, 1L << 30);

    assertThatThrownBy(() -> Photographs.checkMemory("affectnet", 287_651, 96 * 96, 1L << 30))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("287,651 faces of affectnet")
        .hasMessageEndingWith("start with PAFFMEM_JAVA_OPTS=-Xmx5g");
  }

  @Test
  void synthetic_sameSeed_samePeopleInTheSameStatesAndScenes() throws Exception {
    FaceSet faces = TrainingFaces.synthetic(21, 7, () -> false);
    FaceSet again = TrainingFaces.synthetic(21, 7, () -> false);

    // Whole people, of five states in four scenes.
    assertThat(faces.faces()).hasSize(40);
    assertThat(faces.faces().get(0).person()).isEqualTo("synthetic-0");
    assertThat(faces.faces().get(20).person()).isEqualTo("synthetic-1");
    assertThat(Math.abs(faces.faces().get(0).arousal())).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      assertThat(faces.faces().get(i).scene()).hasValue(i / 5);
      assertThat(faces.faces().get(i).valence()).isEqualTo(faces.faces().get(i % 5).valence());
    }
    assertThat(faces.faces().get(20).grey()).isEqualTo(again.faces().get(20).grey());
    assertThat(faces.faces().get(20).grey()).isNotEqualTo(faces.faces().get(0).grey());
  }

  @Test
  void load_askedToStop_isInterrupted() throws Exception {
    write(painted(BufferedImage.TYPE_3BYTE_BGR), "png", "Ann_0001.png");
    legend("Ann_0001.png,neutral");

    for (String dataset : List.of("synthetic=20", "faces=" + folder)) {
      assertThatThrownBy(() -> TrainingFaces.load(option(dataset), 0.5, SEED, () -> true))
          .isInstanceOf(InterruptedException.class);
    }
  }

  private static TrainingFaces load(String dataset) throws InterruptedException {
    return TrainingFaces.load(option(dataset), 0.5, SEED, () -> false);
  }

  private static TrainingDataset option(String text) {
    return new TrainingDataset.Converter().convert(text);
  }

  private static List<LabelledFace> all(TrainingFaces faces) {
    List<LabelledFace> all = new ArrayList<>(faces.split().training().faces());
    all.addAll(faces.split().validation().faces());
    return all;
  }

  private static Set<String> people(FaceSet faces) {
    return faces.faces().stream().map(LabelledFace::person).collect(Collectors.toSet());
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

  private static List<Integer> values(@Nullable LabelledFace face) {
    List<Integer> values = new ArrayList<>();
    for (byte value : requireNonNull(face).grey()) {
      values.add(value & 0xFF);
    }
    return values;
  }
}
