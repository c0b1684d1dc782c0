package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.ingest.face.Box;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** AffectNet's older layout: tables with a face box and the ratings of a picture in each row. */
final class AffectNetTables {
  private static final String HEADER =
      "subdirectory_filepath,face_x,face_y,face_width,face_height,facial_landmarks,expression,"
          + "valence,arousal";
  private static final int COLUMNS = 9;
  private static final String TRAINING = "training.csv";
  private static final String VALIDATION = "validation.csv";

  /** Where tables are looked for, below the folder that the user names. */
  private static final List<String> TABLE_FOLDERS = List.of("", "Manually_Annotated_file_lists");

  /** Where pictures are looked for. */
  private static final List<String> IMAGE_FOLDERS =
      List.of(
          "",
          "images",
          "Manually_Annotated_Images",
          "Manually_Annotated/Manually_Annotated_Images",
          "Automatically_Annotated_Images",
          "Automatically_Annotated/Automatically_Annotated_Images");

  private final Path folder;

  /** Where the last picture was: mostly the next one is there too. */
  private Path images;

  private AffectNetTables(Path folder) {
    this.folder = folder;
    this.images = folder;
  }

  static void read(Path folder, AffectNet.Rows training, AffectNet.Rows validation)
      throws IOException {
    AffectNetTables tables = new AffectNetTables(folder);
    for (String place : TABLE_FOLDERS) {
      Path trainingTable = folder.resolve(place).resolve(TRAINING);
      Path validationTable = folder.resolve(place).resolve(VALIDATION);
      if (Files.isRegularFile(trainingTable)) {
        tables.table(trainingTable, training);
        if (Files.isRegularFile(validationTable)) {
          tables.table(validationTable, validation);
        }
        return;
      }
    }
    List<Path> others = CsvTables.in(folder, AffectNetTables::isHeader);
    if (others.isEmpty()) {
      throw new DatasetException(
          folder
              + " is no AffectNet; name the folder that holds train_set/annotations and"
              + " train_set/images, or "
              + TRAINING
              + " (or another .csv with its columns) and the pictures.",
          null);
    }
    for (Path other : others) {
      tables.table(other, training);
    }
  }

  private void table(Path table, AffectNet.Rows rows) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(table, UTF_8)) {
      String line = reader.readLine();
      // Some copies of validation.csv have no header and begin with a row.
      boolean header = line != null && isHeader(line);
      if (!header && (line == null || line.split(",", -1).length != COLUMNS)) {
        throw new DatasetException(
            table + " does not begin with the line " + HEADER + "; is it another data set?", null);
      }
      for (line = header ? reader.readLine() : line; line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          row(line.split(",", -1), rows);
        }
      }
    }
  }

  private static boolean isHeader(String line) {
    // A byte order mark is no part of the first column's name.
    return line.replace("\uFEFF", "").trim().toLowerCase(Locale.ROOT).equals(HEADER);
  }

  private void row(String[] fields, AffectNet.Rows rows) {
    String name = fields.length == COLUMNS ? fields[0].trim() : "";
    double[] numbers = new double[COLUMNS];
    if (name.isEmpty() || leavesFolder(name) || !parse(fields, numbers)) {
      rows.leaveOut("malformed_row");
      return;
    }
    double valence = numbers[7];
    double arousal = numbers[8];
    if (AffectNet.isUnrated(arousal, valence)) {
      rows.leaveOut(AffectNet.NO_LABEL);
      return;
    }
    if (!AffectNet.isRating(arousal)
        || !AffectNet.isRating(valence)
        || !(numbers[3] >= 1)
        || !(numbers[4] >= 1)) {
      rows.leaveOut("malformed_row");
      return;
    }
    Optional<Path> image = image(name);
    if (image.isEmpty()) {
      rows.leaveOut(AffectNet.MISSING_IMAGE);
      return;
    }
    rows.faces.add(
        new RatedFace(
            name,
            image.get(),
            new Box((float) numbers[1], (float) numbers[2], (float) numbers[3], (float) numbers[4]),
            (float) arousal,
            (float) valence,
            AffectNet.category(numbers[6])));
  }

  /** A table has no business outside its own folder. */
  private static boolean leavesFolder(String name) {
    return name.startsWith("/")
        || name.contains("\\")
        || List.of(name.split("/", -1)).contains("..");
  }

  private static boolean parse(String[] fields, double[] numbers) {
    try {
      for (int column : new int[] {1, 2, 3, 4, 6, 7, 8}) {
        numbers[column] = Double.parseDouble(fields[column].trim());
        if (!Double.isFinite(numbers[column])) {
          return false;
        }
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Optional<Path> image(String name) {
    if (Files.isRegularFile(images.resolve(name))) {
      return Optional.of(images.resolve(name));
    }
    for (String place : IMAGE_FOLDERS) {
      Path file = folder.resolve(place).resolve(name);
      if (Files.isRegularFile(file)) {
        images = folder.resolve(place);
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
