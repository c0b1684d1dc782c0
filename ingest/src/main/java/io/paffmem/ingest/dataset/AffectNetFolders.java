package io.paffmem.ingest.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** AffectNet's newer layout: a folder a part, three small NumPy files a picture. */
final class AffectNetFolders {
  private static final String TRAINING = "train_set";
  private static final String VALIDATION = "val_set";
  private static final String VALENCE = "_val.npy";
  private static final String AROUSAL = "_aro.npy";
  private static final String EXPRESSION = "_exp.npy";

  private AffectNetFolders() {}

  static boolean isAt(Path folder) {
    return Files.isDirectory(folder.resolve(TRAINING).resolve("annotations"));
  }

  static void read(Path folder, AffectNet.Rows training, AffectNet.Rows validation)
      throws IOException {
    part(folder.resolve(TRAINING), training);
    if (Files.isDirectory(folder.resolve(VALIDATION).resolve("annotations"))) {
      part(folder.resolve(VALIDATION), validation);
    }
  }

  /** What became of one picture: a face, or the reason why it is left out. */
  private record Row(@Nullable RatedFace face, String reason) {}

  private static void part(Path part, AffectNet.Rows rows) throws IOException {
    Path annotations = part.resolve("annotations");
    List<String> numbers;
    try (Stream<Path> files = Files.list(annotations)) {
      numbers =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(VALENCE))
              .map(name -> name.substring(0, name.length() - VALENCE.length()))
              // By number where they are numbers: the same order everywhere.
              .sorted(Comparator.comparingInt(String::length).thenComparing(name -> name))
              .toList();
    }
    // Hundreds of thousands of tiny files: the wait is for the disk, so several are asked for.
    List<Row> read =
        numbers.parallelStream().map(number -> row(part, annotations, number)).toList();
    for (Row row : read) {
      if (row.face() == null) {
        rows.leaveOut(row.reason());
      } else {
        rows.faces.add(row.face());
      }
    }
  }

  private static Row row(Path part, Path annotations, String number) {
    Path image = part.resolve("images").resolve(number + ".jpg");
    Path arousalFile = annotations.resolve(number + AROUSAL);
    Path expressionFile = annotations.resolve(number + EXPRESSION);
    if (!Files.exists(arousalFile)) {
      return new Row(null, "missing_annotation");
    }
    try {
      OptionalDouble valence = NpyScalar.read(annotations.resolve(number + VALENCE));
      OptionalDouble arousal = NpyScalar.read(arousalFile);
      OptionalDouble category =
          Files.exists(expressionFile) ? NpyScalar.read(expressionFile) : OptionalDouble.empty();
      if (valence.isEmpty() || arousal.isEmpty()) {
        return new Row(null, "malformed_annotation");
      }
      double a = arousal.getAsDouble();
      double v = valence.getAsDouble();
      if (AffectNet.isUnrated(a, v)) {
        return new Row(null, AffectNet.NO_LABEL);
      }
      if (!AffectNet.isRating(a) || !AffectNet.isRating(v)) {
        return new Row(null, "malformed_annotation");
      }
      if (!Files.isRegularFile(image)) {
        return new Row(null, AffectNet.MISSING_IMAGE);
      }
      String person = part.getFileName() + "/" + number;
      return new Row(
          new RatedFace(
              person, image, null, (float) a, (float) v, AffectNet.category(category.orElse(-1))),
          "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
