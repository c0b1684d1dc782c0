package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.ingest.dataset.FerPlus.Part;
import io.paffmem.ingest.dataset.FerPlus.VotedFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FerPlusTest {
  private static final String HEADER =
      "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF";

  @TempDir private Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    for (String part : new String[] {"FER2013Train", "FER2013Valid"}) {
      Files.createDirectories(folder.resolve(part));
    }
  }

  @Test
  void read_votes_becomeTheirMeanAndSpread() throws IOException {
    picture("FER2013Train/a.png", "a");
    table("Training,a.png,5,0,0,5,0,0,0,0,0,0");

    VotedFace face = FerPlus.read(folder).part(Part.TRAINING).get(0);

    assertThat(face.face().arousal()).isCloseTo(-0.175f, within(1e-6f));
    assertThat(face.face().valence()).isCloseTo(-0.35f, within(1e-6f));
    assertThat(face.arousalSpread()).isCloseTo(0.175f, within(1e-6f));
    assertThat(face.valenceSpread()).isCloseTo(0.35f, within(1e-6f));
    assertThat(face.votes()).isEqualTo(10);
    assertThat(face.face().person()).isEqualTo("a");
    assertThat(face.face().image()).isEqualTo(folder.resolve("FER2013Train/a.png"));
  }

  @Test
  void read_votesForOneExpression_areItsPlaceAndNoSpread() throws IOException {
    picture("FER2013Valid/b.png", "b");
    table("PublicTest,b.png,0,0,0,0,8,0,0,0,2,0");

    VotedFace face = FerPlus.read(folder).part(Part.VALIDATION).get(0);

    assertThat(face.face().arousal()).isCloseTo(0.65f, within(1e-6f));
    assertThat(face.face().valence()).isCloseTo(-0.60f, within(1e-6f));
    assertThat(face.arousalSpread()).isZero();
    assertThat(face.face().expression()).isEqualTo(Expression.ANGER);
  }

  @Test
  void read_unusableRows_areCountedByReason() throws IOException {
    picture("FER2013Train/good.png", "good");
    picture("FER2013Train/few.png", "few");
    picture("FER2013Train/none.png", "none");
    table(
        "Training,good.png,6,0,0,0,0,0,0,0,4,0",
        "Training,few.png,5,0,0,0,0,0,0,0,5,0",
        "Training,none.png,9,0,0,0,0,0,0,0,0,1",
        "Training,gone.png,10,0,0,0,0,0,0,0,0,0",
        "PrivateTest,never.png,10,0,0,0,0,0,0,0,0,0",
        "Training,good.png,six,0,0,0,0,0,0,0,4,0",
        "Training,good.png,-6,0,0,0,0,0,0,0,4,0",
        "Elsewhere,good.png,6,0,0,0,0,0,0,0,4,0",
        "Training,../good.png,6,0,0,0,0,0,0,0,4,0",
        "Training,good.png,6");

    FerPlus read = FerPlus.read(folder);

    assertThat(read.part(Part.TRAINING)).hasSize(1);
    assertThat(read.leftOut())
        .containsEntry("few_votes", 1)
        .containsEntry("not_a_face", 1)
        .containsEntry("missing_image", 3)
        .containsEntry("malformed_row", 4)
        .hasSize(4);
  }

  @Test
  void read_sameFileInTwoParts_staysWhereItIsJudged() throws IOException {
    picture("FER2013Train/a.png", "same");
    picture("FER2013Train/b.png", "same");
    picture("FER2013Train/c.png", "other");
    picture("FER2013Valid/d.png", "same");
    table(
        "Training,a.png,10,0,0,0,0,0,0,0,0,0",
        "Training,b.png,10,0,0,0,0,0,0,0,0,0",
        "Training,c.png,10,0,0,0,0,0,0,0,0,0",
        "PublicTest,d.png,10,0,0,0,0,0,0,0,0,0");

    FerPlus read = FerPlus.read(folder);

    assertThat(read.part(Part.TRAINING))
        .extracting(face -> face.face().person())
        .containsExactly("c");
    assertThat(read.part(Part.VALIDATION)).hasSize(1);
    assertThat(read.leftOut()).containsEntry("duplicate", 2);
  }

  @Test
  void read_anotherFolder_isRefusedInASentence() throws IOException {
    assertThatThrownBy(() -> FerPlus.read(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("is no FER+ data set")
        .hasMessageContaining("fer2013new.csv");

    Files.writeString(folder.resolve("fer2013new.csv"), "emotion,pixels,Usage\n");
    assertThatThrownBy(() -> FerPlus.read(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("does not begin with the columns of FER+");
  }

  private void picture(String name, String bytes) throws IOException {
    Files.writeString(folder.resolve(name), bytes);
  }

  private void table(String... rows) throws IOException {
    Files.writeString(
        folder.resolve("fer2013new.csv"),
        HEADER + "\r\n" + String.join("\r\n", rows) + "\r\n",
        UTF_8);
  }
}
