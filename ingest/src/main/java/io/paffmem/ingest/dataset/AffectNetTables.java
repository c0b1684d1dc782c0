package io.paffmem.ingest.dataset;

import io.paffmem.ingest.face.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** AffectNet's older layout: tables with a face box and the ratings of a picture in each row. */
final class AffectNetTables {
  private static final CsvColumns COLUMNS =
      CsvColumns.exactly(
          "subdirectory_filepath",
          "face_x",
          "face_y",
          "face_width",
          "face_height",
          "facial_landmarks",
          "expression",
          "valence",
          "arousal");
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
  private final FileNames names = new FileNames();

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
    List<Path> others = CsvTable.in(folder, COLUMNS);
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

  private void table(Path file, AffectNet.Rows rows) throws IOException {
    try (CsvTable table = open(file)) {
      for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
        take(row, rows);
      }
    }
  }

  private static CsvTable open(Path file) throws IOException {
    Optional<CsvTable> table = CsvTable.open(file, COLUMNS);
    if (table.isEmpty()) {
      // Some copies of validation.csv have no header and begin with a row.
      table = CsvTable.openWithoutHeader(file, COLUMNS);
    }
    return table.orElseThrow(
        () ->
            new DatasetException(
                file + " does not begin with the line " + COLUMNS + "; is it another data set?",
                null));
  }

  /** The numbers of a row that are used, all finite. */
  private record Numbers(
      double x,
      double y,
      double width,
      double height,
      double expression,
      double valence,
      double arousal) {
    /** Those of a whole row; empty if one is no number. */
    static Optional<Numbers> of(CsvTable.Row row) {
      try {
        return Optional.of(
            new Numbers(
                number(row, "face_x"),
                number(row, "face_y"),
                number(row, "face_width"),
                number(row, "face_height"),
                number(row, "expression"),
                number(row, "valence"),
                number(row, "arousal")));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    private static double number(CsvTable.Row row, String column) {
      double number = Double.parseDouble(row.get(column));
      if (!Double.isFinite(number)) {
        throw new NumberFormatException(column + " is " + number);
      }
      return number;
    }

    Box box() {
      return new Box((float) x, (float) y, (float) width, (float) height);
    }
  }

  private void take(CsvTable.Row row, AffectNet.Rows rows) throws IOException {
    String name = row.isWhole() ? row.get("subdirectory_filepath") : "";
    Optional<Numbers> parsed =
        name.isEmpty() || leavesFolder(name) ? Optional.empty() : Numbers.of(row);
    if (parsed.isEmpty()) {
      rows.leaveOut("malformed_row");
      return;
    }
    Numbers numbers = parsed.get();
    if (AffectNet.isUnrated(numbers.arousal(), numbers.valence())) {
      rows.leaveOut(AffectNet.NO_LABEL);
      return;
    }
    if (!AffectNet.isRating(numbers.arousal())
        || !AffectNet.isRating(numbers.valence())
        || numbers.width() < 1
        || numbers.height() < 1) {
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
            numbers.box(),
            (float) numbers.arousal(),
            (float) numbers.valence(),
            AffectNet.category(numbers.expression())));
  }

  /** A table has no business outside its own folder. */
  private static boolean leavesFolder(String name) {
    return name.startsWith("/")
        || name.contains("\\")
        || List.of(name.split("/", -1)).contains("..");
  }

  private Optional<Path> image(String name) throws IOException {
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
    for (String place : IMAGE_FOLDERS) {
      Optional<Path> file = names.find(folder.resolve(place), name);
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }
}
