package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTableTest {
  private static final CsvColumns EXACTLY = CsvColumns.exactly("user.id", "image", "emotion");
  private static final CsvColumns AT_LEAST = CsvColumns.atLeast("image", "emotion");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user.id,image,emotion\n1,a.jpg,joy\n",
        "user.id,image,emotion\r\n1,a.jpg,joy\r\n",
        "user.id,image,emotion\n1,a.jpg,joy",
        "\uFEFFuser.id,image,emotion\n1,a.jpg,joy\n",
        "\uFEFF\"user.id\",\"image\",\"emotion\"\n\"1\",\"a.jpg\",\"joy\"\n",
        "user.id;image;emotion\n1;a.jpg;joy\n",
        "user.id\timage\temotion\n1\ta.jpg\tjoy\n",
        "emotion, Image , USER.ID\njoy, \"a.jpg\" ,1\n",
        "user.id,image,emotion\n\n  \n1,a.jpg,joy\n\n"
      })
  void next_sameTableWrittenOtherwise_isTheSame(String text) throws IOException {
    Path file = table("a.csv", text, UTF_8);

    assertThat(rows(file, EXACTLY, "user.id", "image", "emotion"))
        .containsExactly(List.of("1", "a.jpg", "joy"));
  }

  @Test
  void next_utf16OfASpreadsheet_isTheSame() throws IOException {
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      Path file =
          table("a.csv", "\uFEFFuser.id\timage\temotion\r\n1\tZo\u00eb.jpg\tjoy\r\n", charset);

      assertThat(rows(file, EXACTLY, "user.id", "image", "emotion"))
          .containsExactly(List.of("1", "Zo\u00eb.jpg", "joy"));
    }
  }

  @Test
  void line_rowsAndQuotedLines_isWhereTheRowBegins() throws IOException {
    Path file = table("a.csv", "user.id,image,emotion\n1,a,b\n\n2,\"c\nd\",e\n3,f,g", UTF_8);
    List<Long> lines = new ArrayList<>();
    try (CsvTable table = CsvTable.open(file, EXACTLY).orElseThrow()) {
      for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
        lines.add(row.line());
      }
    }

    assertThat(lines).containsExactly(2L, 4L, 6L);
  }

  @Test
  void next_quotedField_mayHoldSeparatorsQuotationMarksAndLines() throws IOException {
    Path file = table("a.csv", "user.id,image,emotion\n1,\"Lee, \"\"Ann\"\"\n2.jpg\",joy\n", UTF_8);

    assertThat(rows(file, EXACTLY, "image")).containsExactly(List.of("Lee, \"Ann\"\n2.jpg"));
  }

  @Test
  void next_rowWithoutAllItsFieldsOrWithMore_isNotWhole() throws IOException {
    Path file = table("a.csv", "x,image,emotion,y\n1,a.jpg\n1,a.jpg,joy\n1,a,b,c,d\n", UTF_8);
    Path exact = table("b.csv", "user.id,image,emotion\n1,a.jpg\n1,a.jpg,joy,2\n", UTF_8);

    assertThat(areWhole(file, AT_LEAST)).containsExactly(false, true, true);
    assertThat(areWhole(exact, EXACTLY)).containsExactly(false, false);
  }

  @Test
  void open_otherColumnsOrNothing_isEmpty() throws IOException {
    Path more = table("more.csv", "user.id,image,emotion,more\n", UTF_8);
    Path fewer = table("fewer.csv", "user.id,image\n", UTF_8);
    Path unclosed = table("unclosed.csv", "\"user.id,image,emotion\n", UTF_8);
    Path empty = table("empty.csv", "", UTF_8);

    for (Path file : List.of(more, fewer, unclosed, empty)) {
      assertThat(CsvTable.open(file, EXACTLY)).as(file.toString()).isEmpty();
    }
  }

  @Test
  void openWithoutHeader_asManyFieldsAsColumns_beginsWithARow() throws IOException {
    Path file = table("a.csv", "\uFEFF1,a.jpg,joy\n2,b.jpg,fear\n", UTF_8);

    try (CsvTable table = CsvTable.openWithoutHeader(file, EXACTLY).orElseThrow()) {
      assertThat(rows(table, "user.id", "emotion"))
          .containsExactly(List.of("1", "joy"), List.of("2", "fear"));
    }
    assertThat(CsvTable.openWithoutHeader(table("b.csv", "1,a\n", UTF_8), EXACTLY)).isEmpty();
  }

  @Test
  void next_latin1_namesFileAndLine() throws IOException {
    StringBuilder text = new StringBuilder("user.id,image,emotion\n");
    // More than a decoder reads ahead.
    text.append("1,a.jpg,joy\n".repeat(1_000)).append("1,Zo\u00eb.jpg,joy\n");
    Path file = table("a.csv", text.toString(), ISO_8859_1);

    assertThatThrownBy(() -> rows(file, EXACTLY, "image"))
        .isInstanceOf(DatasetException.class)
        .hasMessage(file + " cannot be read: line 1002 is not UTF-8 text; save it as UTF-8.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,\"a.jpg,joy\n1,b.jpg,joy\n", "1,\"a\".jpg,joy\n"})
  void next_quotationMarksThatDoNotMatch_namesFileAndLine(String rows) throws IOException {
    Path file = table("a.csv", "user.id,image,emotion\n1,a.jpg,joy\n" + rows, UTF_8);

    assertThatThrownBy(() -> rows(file, EXACTLY, "image"))
        .isInstanceOf(DatasetException.class)
        .hasMessage(file + " cannot be read: the quotation marks from line 3 on do not match.");
  }

  @Test
  void in_folder_givesTheTablesWithTheColumnsByName() throws IOException {
    Path second = table("b.CSV", "emotion;image\n", UTF_8);
    Path first = table("a.csv", "image,emotion,more\n", UTF_8);
    table("notes.csv", "caf\u00e9,image\n", ISO_8859_1);
    table("a.txt", "image,emotion\n", UTF_8);

    assertThat(CsvTable.in(folder, AT_LEAST)).containsExactly(first, second);
    assertThat(CsvTable.in(folder.resolve("gone"), AT_LEAST)).isEmpty();
  }

  private static List<List<String>> rows(Path file, CsvColumns columns, String... wanted)
      throws IOException {
    try (CsvTable table = CsvTable.open(file, columns).orElseThrow()) {
      return rows(table, wanted);
    }
  }

  private static List<List<String>> rows(CsvTable table, String... wanted) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
      List<String> fields = new ArrayList<>();
      for (String column : wanted) {
        fields.add(row.get(column));
      }
      rows.add(fields);
    }
    return rows;
  }

  private static List<Boolean> areWhole(Path file, CsvColumns columns) throws IOException {
    Optional<CsvTable> opened = CsvTable.open(file, columns);
    List<Boolean> whole = new ArrayList<>();
    try (CsvTable table = opened.orElseThrow()) {
      for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
        whole.add(row.isWhole());
      }
    }
    return whole;
  }

  private Path table(String name, String text, Charset charset) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(charset));
  }
}
