package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FacialExpressionsTest {
  @TempDir Path folder;

  @Test
  void read_goodAndBadRows_keepsTheGoodInOrderAndCountsTheRest() throws IOException {
    legend(
        "user.id,image,emotion\r\n",
        "302,Ann_Lee_0001.jpg,happiness\r\n",
        "302,Bo_0001.jpg,FEAR\n",
        "302,Ann_Lee_0002.jpg,Neutral\n",
        "302,Ann_Lee_0003.jpg,sadness\n",
        "302,Bo_0001.jpg,bliss\n",
        "302,Bo_0001.jpg\n",
        "302,../data/legend.csv,neutral\n",
        "\n");
    images("Ann_Lee_0001.jpg", "Ann_Lee_0002.jpg", "Bo_0001.jpg", "unused.jpg");

    FacialExpressions set = FacialExpressions.read(folder);

    Path images = folder.resolve("images");
    assertThat(set.faces())
        .containsExactly(
            new CategorisedFace(
                "Ann_Lee", images.resolve("Ann_Lee_0001.jpg"), Expression.HAPPINESS),
            new CategorisedFace("Bo", images.resolve("Bo_0001.jpg"), Expression.FEAR),
            new CategorisedFace("Ann_Lee", images.resolve("Ann_Lee_0002.jpg"), Expression.NEUTRAL));
    assertThat(set.missingImages()).isEqualTo(1);
    assertThat(set.unknownExpressions()).isEqualTo(1);
    assertThat(set.malformedRows()).isEqualTo(2);
  }

  @Test
  void read_pictureWithCapitalExtension_isFound() throws IOException {
    legend("user.id,image,emotion\n", "1,ann_0001.jpg,neutral\n", "1,ann_0002.jpg,fear\n");
    images("ANN_0001.JPG", "ann_0002.JPG");

    assertThat(FacialExpressions.read(folder).faces())
        .extracting(CategorisedFace::image)
        .contains(folder.resolve("images/ann_0002.JPG"));
  }

  /**
   * The same three rows as a spreadsheet, an export and another country's spreadsheet write them.
   */
  @ParameterizedTest
  @CsvSource({"f_bom, 3", "f_quoted, 3", "f_semicolon, 3"})
  void read_sharedTables_areRead(String name, int faces) {
    assertThat(FacialExpressions.read(SharedData.oddInput(name)).faces()).hasSize(faces);
  }

  @Test
  void read_legendOfASpreadsheet_isRead() throws IOException {
    legend(
        "\uFEFF\"emotion\";\"image\";\"user.id\"\r\n",
        "\"fear\";\"Lee; Ann_0001.jpg\";\"302\"\r\n");
    images("Lee; Ann_0001.jpg");

    assertThat(FacialExpressions.read(folder).faces())
        .containsExactly(
            new CategorisedFace(
                "Lee; Ann", folder.resolve("images/Lee; Ann_0001.jpg"), Expression.FEAR));
  }

  @Test
  void read_realData_isUsableThroughout() {
    FacialExpressions set = FacialExpressions.read(SharedData.faces());

    Set<String> people = new HashSet<>();
    Set<Expression> expressions = EnumSet.noneOf(Expression.class);
    for (CategorisedFace face : set.faces()) {
      people.add(face.person());
      expressions.add(face.expression());
    }
    assertThat(set.faces()).hasSize(11_245);
    assertThat(people).hasSize(4_753);
    assertThat(expressions).hasSize(Expression.values().length);
    assertThat(set.missingImages() + set.unknownExpressions() + set.malformedRows()).isZero();
  }

  @Test
  void read_otherLayout_saysWhatIsExpected() {
    assertThatThrownBy(() -> FacialExpressions.read(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            folder
                + " is no facial-expressions data set; name the folder that holds data/legend.csv"
                + " and images.");
  }

  @Test
  void read_otherHeader_isRefused() throws IOException {
    legend("image,arousal,valence\n", "a.jpg,0,0\n");
    images("a.jpg");

    assertThatThrownBy(() -> FacialExpressions.read(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("does not begin with the line user.id,image,emotion");
  }

  @ParameterizedTest
  @CsvSource({
    "AJ_Cook_0001.jpg, AJ_Cook",
    "Abdel_Aziz_Al-Hakim_0012.jpg, Abdel_Aziz_Al-Hakim",
    "facial-expressions_2868588k.jpg, facial-expressions_2868588k",
    "0042.jpg, 0042",
    "noextension_3, noextension"
  })
  void personOf_fileName_isTheNameWithoutItsNumber(String fileName, String person) {
    assertThat(FacialExpressions.personOf(fileName)).isEqualTo(person);
  }

  @Test
  void expression_everyOne_liesInTheSquare() {
    for (Expression expression : Expression.values()) {
      assertThat(expression.arousal()).isBetween(-1f, 1f);
      assertThat(expression.valence()).isBetween(-1f, 1f);
      assertThat(Expression.named(expression.name().toLowerCase(Locale.ROOT))).contains(expression);
    }
    assertThat(Expression.SADNESS.arousal()).isNegative();
    assertThat(Expression.HAPPINESS.valence()).isEqualTo(0.8f);
  }

  private void legend(String... lines) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.write(folder.resolve("data/legend.csv"), String.join("", lines).getBytes(UTF_8));
  }

  private void images(String... names) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    for (String name : names) {
      Files.createFile(folder.resolve("images").resolve(name));
    }
  }
}
