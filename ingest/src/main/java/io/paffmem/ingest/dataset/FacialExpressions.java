package io.paffmem.ingest.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The layout of the public data set muxspace/facial_expressions: {@code data/legend.csv} with the
 * columns {@code user.id,image,emotion} and the pictures in {@code images/}. Who rated a picture is
 * not used. A picture's person is its file name without the number at its end, so the pictures of
 * one person, which differ in that number alone, belong together.
 *
 * @param faces usable rows, in the order of the legend
 * @param missingImages rows whose picture is not there
 * @param unknownExpressions rows with a category that is none of {@link Expression}
 * @param malformedRows rows without three fields, or whose picture is no plain file name
 */
public record FacialExpressions(
    List<CategorisedFace> faces, int missingImages, int unknownExpressions, int malformedRows) {

  private static final CsvColumns COLUMNS = CsvColumns.exactly("user.id", "image", "emotion");
  private static final Pattern TRAILING_NUMBER = Pattern.compile("[_-]?[0-9]+$");

  public FacialExpressions {
    faces = List.copyOf(faces);
  }

  /**
   * Reads the legend; the pictures themselves are not opened.
   *
   * @param folder holds {@code data} and {@code images}
   * @throws DatasetException if the folder has another layout or cannot be read
   */
  public static FacialExpressions read(Path folder) {
    Path legend = folder.resolve("data").resolve("legend.csv");
    Path images = folder.resolve("images");
    if (!Files.isRegularFile(legend) || !Files.isDirectory(images)) {
      throw new DatasetException(
          folder
              + " is no facial-expressions data set; name the folder that holds data/legend.csv"
              + " and images.",
          null);
    }
    try {
      return new LegendReader(images).read(legend);
    } catch (IOException e) {
      throw new DatasetException(
          legend + " cannot be read; check its permissions and that it is UTF-8 text.", e);
    }
  }

  /** File name without its extension and without the number at its end, if that leaves anything. */
  static String personOf(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
    String person = TRAILING_NUMBER.matcher(stem).replaceFirst("");
    return person.isEmpty() ? stem : person;
  }

  private static final class LegendReader {
    private final Path images;
    private final FileNames names = new FileNames();
    private final List<CategorisedFace> faces = new ArrayList<>();
    private int missingImages;
    private int unknownExpressions;
    private int malformedRows;

    LegendReader(Path images) {
      this.images = images;
    }

    FacialExpressions read(Path legend) throws IOException {
      try (CsvTable table =
          CsvTable.open(legend, COLUMNS)
              .orElseThrow(
                  () ->
                      new DatasetException(
                          legend
                              + " does not begin with the line "
                              + COLUMNS
                              + "; is it another data set?",
                          null))) {
        for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
          take(row);
        }
      }
      return new FacialExpressions(faces, missingImages, unknownExpressions, malformedRows);
    }

    private void take(CsvTable.Row row) throws IOException {
      String name = row.isWhole() ? row.get("image") : "";
      // A legend has no business outside its own folder.
      if (name.isEmpty() || name.contains("/") || name.contains("\\")) {
        malformedRows++;
        return;
      }
      Optional<Expression> expression = Expression.named(row.get("emotion"));
      if (expression.isEmpty()) {
        unknownExpressions++;
        return;
      }
      Optional<Path> image = names.find(images, name);
      if (image.isEmpty()) {
        missingImages++;
      } else {
        faces.add(new CategorisedFace(personOf(name), image.get(), expression.get()));
      }
    }
  }
}
