package io.paffmem.ingest.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * AffectNet (Mollahosseini, Hasani, Mahoor: AffectNet, IEEE Transactions on Affective Computing
 * 2017), in either of its layouts:
 *
 * <ul>
 *   <li>the newer one: {@code train_set} and {@code val_set}, each with {@code images/N.jpg} and
 *       {@code annotations/N_val.npy, N_aro.npy, N_exp.npy};
 *   <li>the older one: {@code training.csv} and {@code validation.csv}, or any other {@code .csv}
 *       of the same columns, in the folder or in {@code Manually_Annotated_file_lists}; pictures
 *       below the folder, below {@code images}, or below {@code Manually_Annotated_Images} or its
 *       automatic counterpart.
 * </ul>
 *
 * It names nobody, so every picture counts as a person.
 *
 * @param training usable rows to train on; all of them if the folder has no split of its own
 * @param validation usable rows of the folder's own validation part; empty if it has none
 * @param leftOut how many rows are not used, by reason: {@code no_label} (rated -2), {@code
 *     missing_image}, {@code malformed_row}, {@code missing_annotation}, {@code
 *     malformed_annotation}
 */
public record AffectNet(
    List<RatedFace> training, List<RatedFace> validation, SortedMap<String, Integer> leftOut) {

  static final String NO_LABEL = "no_label";
  static final String MISSING_IMAGE = "missing_image";

  /** In the order of AffectNet's numbers; 8 none, 9 uncertain and 10 no face have no place here. */
  private static final List<Expression> CATEGORIES =
      List.of(
          Expression.NEUTRAL,
          Expression.HAPPINESS,
          Expression.SADNESS,
          Expression.SURPRISE,
          Expression.FEAR,
          Expression.DISGUST,
          Expression.ANGER,
          Expression.CONTEMPT);

  private static final double UNRATED = -2;

  public AffectNet {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    leftOut = new TreeMap<>(leftOut);
  }

  /**
   * Reads the annotations; the pictures themselves are not opened.
   *
   * @throws DatasetException if the folder has neither layout, cannot be read, or has no usable row
   */
  public static AffectNet read(Path folder) {
    Rows training = new Rows();
    Rows validation = new Rows();
    try {
      if (AffectNetFolders.isAt(folder)) {
        AffectNetFolders.read(folder, training, validation);
      } else {
        AffectNetTables.read(folder, training, validation);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DatasetException(
          "AffectNet in " + folder + " cannot be read (" + e.getMessage() + ").", e);
    }
    SortedMap<String, Integer> leftOut = new TreeMap<>(training.leftOut);
    validation.leftOut.forEach((reason, rows) -> leftOut.merge(reason, rows, Integer::sum));
    if (training.faces.isEmpty()) {
      throw new DatasetException(
          "AffectNet in "
              + folder
              + " has no usable row to train on; looked for train_set/annotations/N_val.npy with"
              + " images/N.jpg, and for training.csv with its pictures; left out: "
              + said(leftOut)
              + ".",
          null);
    }
    return new AffectNet(training.faces, validation.faces, leftOut);
  }

  /** Rows of one part, as they are read. */
  static final class Rows {
    final List<RatedFace> faces = new ArrayList<>();
    final Map<String, Integer> leftOut = new TreeMap<>();

    void leaveOut(String reason) {
      leftOut.merge(reason, 1, Integer::sum);
    }
  }

  /** Whether AffectNet's raters gave no value: a row of no use. */
  static boolean isUnrated(double arousal, double valence) {
    return arousal == UNRATED || valence == UNRATED;
  }

  /** Whether this can be a rating. */
  static boolean isRating(double value) {
    return value >= -1 && value <= 1;
  }

  /** The category of AffectNet's number; null if it is none of the eight. */
  static @Nullable Expression category(double number) {
    int index = (int) number;
    return index == number && index >= 0 && index < CATEGORIES.size()
        ? CATEGORIES.get(index)
        : null;
  }

  private static String said(SortedMap<String, Integer> leftOut) {
    if (leftOut.isEmpty()) {
      return "none";
    }
    StringBuilder text = new StringBuilder();
    leftOut.forEach(
        (reason, rows) ->
            text.append(text.length() == 0 ? "" : ", ")
                .append(String.format(Locale.ROOT, "%d %s", rows, reason)));
    return text.toString();
  }
}
