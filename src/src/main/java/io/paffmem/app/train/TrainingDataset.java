package io.paffmem.app.train;

import io.paffmem.app.options.Dataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A data set as the command line names it: {@code KIND=DIR}, or {@code synthetic[=N]}.
 *
 * @param value a folder, or a number of faces
 */
record TrainingDataset(Dataset kind, String value) {
  static final String FORMS = "faces=DIR, ferplus=DIR, affectnet=DIR, synthetic or synthetic=N";
  private static final List<Dataset> TRAINED_ON =
      List.of(Dataset.FACES, Dataset.FERPLUS, Dataset.AFFECTNET, Dataset.SYNTHETIC);
  private static final int SYNTHETIC_FACES = 15_000;

  /** Whether real people are seen, which is what a PK is for. */
  boolean isPhotographs() {
    return kind != Dataset.SYNTHETIC;
  }

  /** Of a data set that is one. */
  Path folder() {
    return Path.of(value);
  }

  /** Faces to render. */
  int count() {
    return value.isEmpty() ? SYNTHETIC_FACES : Integer.parseInt(value);
  }

  static final class Converter implements ITypeConverter<TrainingDataset> {
    @Override
    public TrainingDataset convert(String text) {
      int equals = text.indexOf('=');
      String kind = equals < 0 ? text : text.substring(0, equals);
      String value = equals < 0 ? "" : text.substring(equals + 1);
      for (Dataset known : TRAINED_ON) {
        if (known.spelled().equals(kind.toLowerCase(Locale.ROOT))) {
          return checked(new TrainingDataset(known, value), text);
        }
      }
      throw new TypeConversionException("'" + text + "' names no data set; known are " + FORMS);
    }

    private static TrainingDataset checked(TrainingDataset option, String text) {
      boolean fits =
          option.isPhotographs()
              ? !option.value.isEmpty()
              : option.value.isEmpty() || option.value.matches("[1-9][0-9]{0,8}");
      if (!fits) {
        throw new TypeConversionException("'" + text + "' must be one of " + FORMS);
      }
      return option;
    }
  }
}
