package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.face.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AffectNetTest {
  private static final String HEADER =
      "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,"
          + "valence,arousal\n";

  @TempDir Path folder;

  @Test
  void read_tables_boxRatingAndCategoryOfEachRow() throws IOException {
    table(
        "training.csv",
        HEADER,
        "689/happy.jpg,134,135,899,900,181.6;530.9;188.3;627.2,1,0.785714,-0.055556\n",
        "689/none.jpg,0,1,20,30,1;2,8,0.25,0.5\n");
    table("validation.csv", HEADER, "1/sad.jpg,1,2,3,4,1;2,2,-0.75,-0.25\n");
    images("689/happy.jpg", "689/none.jpg", "1/sad.jpg");

    AffectNet set = AffectNet.read(folder);

    assertThat(set.training())
        .containsExactly(
            new RatedFace(
                "689/happy.jpg",
                folder.resolve("689/happy.jpg"),
                new Box(134, 135, 899, 900),
                -0.055556f,
                0.785714f,
                Expression.HAPPINESS),
            new RatedFace(
                "689/none.jpg",
                folder.resolve("689/none.jpg"),
                new Box(0, 1, 20, 30),
                0.5f,
                0.25f,
                null));
    assertThat(set.validation())
        .containsExactly(
            new RatedFace(
                "1/sad.jpg",
                folder.resolve("1/sad.jpg"),
                new Box(1, 2, 3, 4),
                -0.25f,
                -0.75f,
                Expression.SADNESS));
    assertThat(set.leftOut()).isEmpty();
  }

  @Test
  void read_tablesWithBadRows_leavesThemOutByReason() throws IOException {
    table(
        "training.csv",
        HEADER,
        "1/good.jpg,1,2,30,30,1;2,0,0,0\n",
        "1/good.jpg,1,2,30,30,1;2,10,-2,-2\n",
        "1/gone.jpg,1,2,30,30,1;2,0,0.1,0.1\n",
        "1/good.jpg,NULL,NULL,NULL,NULL,NULL,0,0.1,0.1\n",
        "1/good.jpg,1,2,0,30,1;2,0,0.1,0.1\n",
        "1/good.jpg,1,2,30,30,1;2,0,1.5,0.1\n",
        "1/good.jpg,1,2,30,30,1;2,0,nan,0.1\n",
        "../good.jpg,1,2,30,30,1;2,0,0.1,0.1\n",
        "1/good.jpg\n",
        "\n");
    images("1/good.jpg");

    AffectNet set = AffectNet.read(folder);

    assertThat(set.training()).hasSize(1);
    assertThat(set.validation()).isEmpty();
    assertThat(set.leftOut())
        .containsOnly(
            Map.entry("no_label", 1), Map.entry("missing_image", 1), Map.entry("malformed_row", 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Manually_Annotated_Images", "images", "Manually_Annotated"})
  void read_tablesAsTheyAreUnpacked_findsThePictures(String images) throws IOException {
    String place =
        images.equals("Manually_Annotated") ? images + "/Manually_Annotated_Images" : images;
    table("Manually_Annotated_file_lists/training.csv", HEADER, "1/a.jpg,1,2,3,4,1;2,0,0,0\n");
    // As it is found in some copies: without a header.
    table("Manually_Annotated_file_lists/validation.csv", "2/b.jpg,1,2,3,4,1;2,7,-0.5,0.5\n");
    images(place + "/1/a.jpg", place + "/2/b.jpg");

    AffectNet set = AffectNet.read(folder);

    assertThat(set.training()).extracting(RatedFace::image).containsExactly(at(place, "1/a.jpg"));
    assertThat(set.validation()).extracting(RatedFace::image).containsExactly(at(place, "2/b.jpg"));
    assertThat(set.validation().get(0).expression()).isEqualTo(Expression.CONTEMPT);
  }

  @Test
  void read_oneTableOfAnotherName_hasNoSplitOfItsOwn() throws IOException {
    table("automatically_annotated.csv", HEADER, "1/a.jpg,1,2,3,4,1;2,3,0.5,0.75\n");
    table("notes.csv", "a,b\n", "1,2\n");
    images("1/a.jpg");

    AffectNet set = AffectNet.read(folder);

    assertThat(set.training()).extracting(RatedFace::expression).containsOnly(Expression.SURPRISE);
    assertThat(set.validation()).isEmpty();
  }

  @Test
  void read_folders_ratingsFromNumPyFilesInTheOrderOfTheirNumbers() throws IOException {
    annotated("train_set", "10", NpyFiles.text("0.5"), NpyFiles.text("-0.25"), NpyFiles.text("4"));
    annotated(
        "train_set", "2", NpyFiles.float64(-0.5, "()"), NpyFiles.text("1"), NpyFiles.int64(6));
    annotated("val_set", "0", NpyFiles.text("0"), NpyFiles.text("0"), NpyFiles.text("0"));

    AffectNet set = AffectNet.read(folder);

    assertThat(set.training())
        .containsExactly(
            new RatedFace(
                "train_set/2",
                folder.resolve("train_set/images/2.jpg"),
                null,
                1,
                -0.5f,
                Expression.ANGER),
            new RatedFace(
                "train_set/10",
                folder.resolve("train_set/images/10.jpg"),
                null,
                -0.25f,
                0.5f,
                Expression.FEAR));
    assertThat(set.validation()).extracting(RatedFace::person).containsExactly("val_set/0");
    assertThat(set.leftOut()).isEmpty();
  }

  @Test
  void read_foldersWithBadAnnotations_leavesThemOutByReason() throws IOException {
    byte[] zero = NpyFiles.text("0");
    annotated("train_set", "1", zero, zero, zero);
    annotated("train_set", "2", NpyFiles.text("-2"), NpyFiles.text("-2"), NpyFiles.text("10"));
    annotated("train_set", "3", zero, new byte[20], zero);
    annotated("train_set", "4", NpyFiles.text("7.5"), zero, zero);
    annotated("train_set", "5", zero, zero, zero);
    Files.delete(folder.resolve("train_set/images/5.jpg"));
    annotated("train_set", "6", zero, zero, zero);
    Files.delete(folder.resolve("train_set/annotations/6_aro.npy"));

    AffectNet set = AffectNet.read(folder);

    assertThat(set.training()).extracting(RatedFace::person).containsExactly("train_set/1");
    assertThat(set.leftOut())
        .containsOnly(
            Map.entry("no_label", 1),
            Map.entry("malformed_annotation", 2),
            Map.entry("missing_image", 1),
            Map.entry("missing_annotation", 1));
  }

  @Test
  void read_noUsableRow_saysWhatWasLookedForAndWhere() throws IOException {
    table("training.csv", HEADER, "1/a.jpg,1,2,3,4,1;2,10,-2,-2\n", "1/b.jpg,1,2,3,4,1,0,0,0\n");

    assertThatThrownBy(() -> AffectNet.read(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("looked for train_set/annotations/N_val.npy")
        .hasMessageContaining("training.csv")
        .hasMessageEndingWith("left out: 1 missing_image, 1 no_label.");
  }

  @Test
  void read_otherLayoutOrNothing_saysWhatIsExpected() throws IOException {
    String expected = "is no AffectNet; name the folder that holds train_set/annotations";
    assertThatThrownBy(() -> AffectNet.read(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(folder + " " + expected);
    assertThatThrownBy(() -> AffectNet.read(folder.resolve("gone")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(expected);
    table("training.csv", "image,label\n", "a.jpg,1\n");
    assertThatThrownBy(() -> AffectNet.read(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("training.csv does not begin with the line subdirectory_filepath");
  }

  private Path at(String place, String image) {
    return folder.resolve(place).resolve(image);
  }

  private void table(String name, String... lines) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), String.join("", lines).getBytes(UTF_8));
  }

  private void images(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.createFile(folder.resolve(name));
    }
  }

  private void annotated(
      String part, String number, byte[] valence, byte[] arousal, byte[] expression)
      throws IOException {
    images(part + "/images/" + number + ".jpg");
    Path annotations = Files.createDirectories(folder.resolve(part).resolve("annotations"));
    Files.write(annotations.resolve(number + "_val.npy"), valence);
    Files.write(annotations.resolve(number + "_aro.npy"), arousal);
    Files.write(annotations.resolve(number + "_exp.npy"), expression);
    Files.write(annotations.resolve(number + "_lnd.npy"), NpyFiles.text("0"));
  }
}
