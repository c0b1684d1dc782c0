package io.paffmem.training.ablation;

import io.paffmem.training.TrainingReport.Agreement;
import io.paffmem.training.config.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a row of an ablation came to.
 *
 * @param ccc by face set, on the people kept for validation
 */
public record AblationResult(AblationRow row, SortedMap<String, Agreement> ccc) {
  static final String FILE = "result.csv";
  private static final String HEAD = "faces,ccc_arousal,ccc_valence";

  /** Writes it whole. */
  void write(Path file) {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    ccc.forEach(
        (faces, agreement) ->
            text.append(faces)
                .append(',')
                .append(number(agreement.arousal()))
                .append(',')
                .append(number(agreement.valence()))
                .append('\n'));
    Path partial = file.resolveSibling(FILE + ".partial");
    try {
      Files.writeString(partial, text);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TrainingException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws TrainingException if the file is not of that kind
   */
  static AblationResult read(AblationRow row, Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
        throw new TrainingException(file + " is no result of a row; remove it to do the row again");
      }
      SortedMap<String, Agreement> ccc = new TreeMap<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.split(",", -1);
        ccc.put(fields[0], new Agreement(parsed(fields[1]), parsed(fields[2])));
      }
      return new AblationResult(row, ccc);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new TrainingException(file + " cannot be read; remove it to do the row again", e);
    }
  }

  /** Empty where there is none. */
  static String number(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static OptionalDouble parsed(String number) {
    return number.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(number));
  }
}
