package io.paffmem.ingest.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OMG-Emotion (Barros et al., IJCNN 2018): monologues cut into utterances, each with one arousal
 * and one valence.
 *
 * <p>Annotations are every {@code .csv} in the folder or in {@code annotations} that has the
 * columns {@code link,start,end,video,utterance,arousal,valence}, and perhaps more. Videos are
 * looked for below {@code videos} and in the folder itself, in this order: {@code VIDEO/UTTERANCE},
 * an utterance of its own, as the challenge's script cuts them; {@code VIDEO.mp4}; {@code ID.mp4}
 * with the ID at the end of the link. The last two (also .mkv, .webm, .mov, .avi) are cut here at
 * {@code start} and {@code end}, which count from the beginning of what the link shows.
 *
 * @param utterances usable ones, a video after the other, each in the order of time
 * @param leftOut rows that are not used, by reason: {@code missing_file}, {@code no_label}, {@code
 *     malformed_row}, {@code repeated_row}, {@code name_too_long}
 */
public record OmgEmotion(List<Recorded.Utterance> utterances, SortedMap<String, Integer> leftOut) {
  private static final CsvColumns COLUMNS =
      CsvColumns.atLeast("link", "start", "end", "video", "utterance", "arousal", "valence");
  private static final List<String> EXTENSIONS = List.of(".mp4", ".mkv", ".webm", ".mov", ".avi");
  private static final Pattern LINK_ID = Pattern.compile("([A-Za-z0-9_-]+)(?:&.*)?$");

  public OmgEmotion {
    utterances = List.copyOf(utterances);
    leftOut = new TreeMap<>(leftOut);
  }

  /**
   * Reads the annotations and looks for the videos; these are not opened.
   *
   * @param scale of the arousal in the files
   * @throws DatasetException if there are no annotations, or none can be used
   */
  public static OmgEmotion read(Path folder, ArousalScale scale) {
    AnnotationReader reader = new AnnotationReader(folder, scale);
    try {
      List<Path> tables = tables(folder);
      if (tables.isEmpty()) {
        throw new DatasetException(
            folder
                + " is no OMG-Emotion; name the folder that holds a .csv which begins with "
                + COLUMNS
                + " (or annotations/ with it), and videos/.",
            null);
      }
      for (Path table : tables) {
        reader.table(table);
      }
    } catch (IOException e) {
      throw new DatasetException(
          "OMG-Emotion in " + folder + " cannot be read (" + e.getMessage() + ").", e);
    }
    OmgEmotion read = reader.done();
    if (read.utterances.isEmpty()) {
      throw new DatasetException(
          "OMG-Emotion in "
              + folder
              + " has no usable row; videos were looked for as videos/VIDEO/UTTERANCE,"
              + " videos/VIDEO.mp4 and videos/ID-OF-THE-LINK.mp4; left out: "
              + read.leftOut
              + (reader.first.isEmpty() ? "." : ", the first " + reader.first + "."),
          null);
    }
    return read;
  }

  private static List<Path> tables(Path folder) throws IOException {
    List<Path> tables = new ArrayList<>();
    for (Path place : List.of(folder, folder.resolve("annotations"))) {
      tables.addAll(CsvTable.in(place, COLUMNS));
    }
    return tables;
  }

  private static final class AnnotationReader {
    private final Path folder;
    private final ArousalScale scale;
    private final List<Recorded.Utterance> utterances = new ArrayList<>();
    private final List<String> videos = new ArrayList<>();
    private final Set<List<String>> seen = new HashSet<>();
    private final SortedMap<String, Integer> leftOut = new TreeMap<>();
    private final FileNames names = new FileNames();

    /** What is wrong with the first row that is left out. */
    private String first = "";

    AnnotationReader(Path folder, ArousalScale scale) {
      this.folder = folder;
      this.scale = scale;
    }

    void table(Path file) throws IOException {
      Optional<CsvTable> opened = CsvTable.open(file, COLUMNS);
      if (opened.isEmpty()) {
        return; // changed since it was found
      }
      try (CsvTable table = opened.get()) {
        for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
          String reason = take(row);
          if (!reason.isEmpty()) {
            leftOut.merge(reason, 1, Integer::sum);
            if (first.isEmpty()) {
              first = "%s in line %d of %s".formatted(reason, row.line(), file.getFileName());
            }
          }
        }
      }
    }

    /** Takes a row; or says why not. */
    private String take(CsvTable.Row row) throws IOException {
      if (!row.isWhole()) {
        return "malformed_row";
      }
      String video = row.get("video");
      String utterance = row.get("utterance");
      if (!isPlain(video) || !isPlain(utterance)) {
        return "malformed_row";
      }
      if (row.get("arousal").isEmpty() || row.get("valence").isEmpty()) {
        return "no_label";
      }
      double start;
      double end;
      double arousal;
      double valence;
      try {
        start = Double.parseDouble(row.get("start"));
        end = Double.parseDouble(row.get("end"));
        arousal = scale.toSigned(Double.parseDouble(row.get("arousal")));
        valence = Double.parseDouble(row.get("valence"));
      } catch (NumberFormatException e) {
        return "malformed_row";
      }
      // Written so that NaN fails.
      if (!(start >= 0 && end > start && end < 1e6)
          || !(Math.abs(arousal) <= 1)
          || !(Math.abs(valence) <= 1)) {
        return "malformed_row";
      }
      if (!new RecordedName("omg", RecordedName.LONGEST_RUN, video, utterance).fits()) {
        return "name_too_long";
      }
      if (!seen.add(List.of(video, utterance))) {
        return "repeated_row";
      }
      Optional<Path> alone = alone(video, utterance);
      Optional<Path> file = alone.isPresent() ? alone : whole(row.get("link"), video);
      if (file.isEmpty()) {
        return "missing_file";
      }
      if (!videos.contains(video)) {
        videos.add(video);
      }
      utterances.add(
          new Recorded.Utterance(
              video,
              utterance,
              file.get(),
              alone.isEmpty(),
              start,
              end,
              (float) arousal,
              (float) valence));
      return "";
    }

    OmgEmotion done() {
      utterances.sort(
          Comparator.comparing((Recorded.Utterance one) -> videos.indexOf(one.video()))
              .thenComparing(Recorded.Utterance::startSeconds));
      return new OmgEmotion(utterances, leftOut);
    }

    private Optional<Path> alone(String video, String utterance) throws IOException {
      for (Path place : List.of(folder.resolve("videos"), folder)) {
        for (String name : List.of(utterance, utterance + ".mp4")) {
          Optional<Path> file = names.find(place.resolve(video), name);
          if (file.isPresent()) {
            return file;
          }
        }
      }
      return Optional.empty();
    }

    private Optional<Path> whole(String link, String video) throws IOException {
      Matcher id = LINK_ID.matcher(link);
      List<String> stems = id.find() ? List.of(video, id.group(1)) : List.of(video);
      for (Path place : List.of(folder.resolve("videos"), folder)) {
        for (String stem : stems) {
          for (String extension : EXTENSIONS) {
            Optional<Path> file = names.find(place, stem + extension);
            if (file.isPresent()) {
              return file;
            }
          }
        }
      }
      return Optional.empty();
    }

    /** A table has no business outside its own folder. */
    private static boolean isPlain(String name) {
      return !name.isEmpty()
          && !name.contains("/")
          && !name.contains("\\")
          && !name.equals("..")
          && !name.equals(".");
    }
  }
}
