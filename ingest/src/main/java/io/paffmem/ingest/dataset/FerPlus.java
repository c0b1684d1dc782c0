package io.paffmem.ingest.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The public layout of FER+ (Barsoum, Zhang, Canton Ferrer, Zhang, Training Deep Networks for
 * Facial Expression Recognition with Crowd-Sourced Label Distribution, 2016): {@code
 * fer2013new.csv} with the votes of ten people for each photograph, and the photographs in {@code
 * FER2013Train}, {@code FER2013Valid} and {@code FER2013Test}.
 *
 * <p>Labels are soft: arousal and valence are the mean of the places of the {@link Expression}s
 * that were voted for, and the votes' spread around it says how sure the label is. Nobody is named,
 * so each photograph counts as a person of its own.
 *
 * @param faces usable rows by part, in the order of the table
 * @param leftOut rows that cannot be used, by reason: {@code few_votes} (fewer than six for an
 *     expression), {@code not_a_face} (somebody voted so), {@code missing_image}, {@code duplicate}
 *     (the same file, to the byte, as one of a part that is kept for judging, or as an earlier
 *     one), {@code malformed_row}
 */
public record FerPlus(Map<Part, List<VotedFace>> faces, SortedMap<String, Integer> leftOut) {

  /** What the makers of the set divided it into. */
  public enum Part {
    TRAINING("Training", "FER2013Train"),
    VALIDATION("PublicTest", "FER2013Valid"),
    TEST("PrivateTest", "FER2013Test");

    private final String usage;
    private final String folder;

    Part(String usage, String folder) {
      this.usage = usage;
      this.folder = folder;
    }

    private static Optional<Part> of(String usage) {
      return Arrays.stream(values()).filter(part -> part.usage.equals(usage)).findFirst();
    }
  }

  /**
   * A photograph and what people saw in it.
   *
   * @param face with the votes' mean as its label; its expression is the one with most votes
   * @param arousalSpread standard deviation of the votes' arousal, 0 to 1
   * @param valenceSpread standard deviation of the votes' valence, 0 to 1
   * @param votes for an expression
   */
  public record VotedFace(RatedFace face, float arousalSpread, float valenceSpread, int votes) {

    /** Standard error of the arousal: how far ten other people's mean may lie. */
    public float arousalError() {
      return arousalSpread / (float) Math.sqrt(votes);
    }

    /** The same of the valence. */
    public float valenceError() {
      return valenceSpread / (float) Math.sqrt(votes);
    }
  }

  private static final String TABLE = "fer2013new.csv";
  private static final int FEWEST_VOTES = 6;
  private static final String COUNT = "[0-9]{1,4}";

  /** Whose columns of votes the table has, in its order. */
  private static final Expression[] VOTED = {
    Expression.NEUTRAL,
    Expression.HAPPINESS,
    Expression.SURPRISE,
    Expression.SADNESS,
    Expression.ANGER,
    Expression.DISGUST,
    Expression.FEAR,
    Expression.CONTEMPT
  };

  private static final String UNKNOWN = "unknown";
  private static final String NOT_A_FACE = "nf";
  private static final String USAGE = "usage";
  private static final String IMAGE = "image name";

  private static final CsvColumns COLUMNS =
      CsvColumns.exactly(
          USAGE,
          IMAGE,
          "neutral",
          "happiness",
          "surprise",
          "sadness",
          "anger",
          "disgust",
          "fear",
          "contempt",
          UNKNOWN,
          NOT_A_FACE);

  public FerPlus {
    Map<Part, List<VotedFace>> copy = new EnumMap<>(Part.class);
    faces.forEach((part, some) -> copy.put(part, List.copyOf(some)));
    faces = Collections.unmodifiableMap(copy);
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
  }

  /**
   * Reads the table, and the bytes of the photographs to find those that repeat.
   *
   * @param folder holds the table and the folders of photographs
   * @throws DatasetException if the folder has another layout or the table cannot be read
   */
  public static FerPlus read(Path folder) {
    Path table = folder.resolve(TABLE);
    if (!Files.isRegularFile(table)
        || Arrays.stream(Part.values())
            .noneMatch(p -> Files.isDirectory(folder.resolve(p.folder)))) {
      throw new DatasetException(
          folder
              + " is no FER+ data set; name the folder that holds "
              + TABLE
              + " and FER2013Train, FER2013Valid or FER2013Test.",
          null);
    }
    try {
      return new VotesReader(folder).read(table);
    } catch (IOException e) {
      throw new DatasetException(table + " cannot be read; check its permissions.", e);
    }
  }

  /** The faces of a part; none if the data set has no such photographs here. */
  public List<VotedFace> part(Part part) {
    return faces.getOrDefault(part, List.of());
  }

  private record Row(Part part, Path image, VotedFace face) {}

  private static final class VotesReader {
    private final Path folder;
    private final List<Row> rows = new ArrayList<>();
    private final SortedMap<String, Integer> leftOut = new TreeMap<>();

    VotesReader(Path folder) {
      this.folder = folder;
    }

    FerPlus read(Path file) throws IOException {
      try (CsvTable table =
          CsvTable.open(file, COLUMNS)
              .orElseThrow(
                  () ->
                      new DatasetException(
                          file + " does not begin with the columns of FER+ (" + COLUMNS + ").",
                          null))) {
        for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
          take(row);
        }
      }
      Map<Part, List<VotedFace>> faces = new EnumMap<>(Part.class);
      Set<Row> repeated = repeated();
      for (Row row : rows) {
        if (repeated.contains(row)) {
          leaveOut("duplicate");
        } else {
          faces.computeIfAbsent(row.part, none -> new ArrayList<>()).add(row.face);
        }
      }
      return new FerPlus(faces, leftOut);
    }

    private void take(CsvTable.Row row) {
      Optional<Part> part = row.isWhole() ? Part.of(row.get(USAGE)) : Optional.empty();
      Optional<int[]> votes = part.isPresent() ? votes(row) : Optional.empty();
      if (part.isEmpty() || votes.isEmpty()) {
        leaveOut("malformed_row");
        return;
      }
      String name = row.get(IMAGE);
      int expressed = Arrays.stream(votes.get()).sum();
      Path image = folder.resolve(part.get().folder).resolve(name);
      if (!row.get(NOT_A_FACE).equals("0")) {
        leaveOut("not_a_face");
      } else if (expressed < FEWEST_VOTES) {
        leaveOut("few_votes");
      } else if (name.isEmpty()
          || name.contains("/")
          || name.contains("\\")
          || !Files.isRegularFile(image)) {
        leaveOut("missing_image");
      } else {
        rows.add(new Row(part.get(), image, face(name, image, votes.get(), expressed)));
      }
    }

    /** The votes for each expression; empty if some votes are no numbers. */
    private static Optional<int[]> votes(CsvTable.Row row) {
      for (String column : List.of(UNKNOWN, NOT_A_FACE)) {
        if (!row.get(column).matches(COUNT)) {
          return Optional.empty();
        }
      }
      int[] votes = new int[VOTED.length];
      for (int i = 0; i < votes.length; i++) {
        String count = row.get(VOTED[i].name().toLowerCase(Locale.ROOT));
        if (!count.matches(COUNT)) {
          return Optional.empty();
        }
        votes[i] = Integer.parseInt(count);
      }
      return Optional.of(votes);
    }

    private static VotedFace face(String name, Path image, int[] votes, int expressed) {
      double arousal = 0;
      double valence = 0;
      int most = 0;
      for (int i = 0; i < VOTED.length; i++) {
        arousal += (double) votes[i] / expressed * VOTED[i].arousal();
        valence += (double) votes[i] / expressed * VOTED[i].valence();
        most = votes[i] > votes[most] ? i : most;
      }
      double arousalVariance = 0;
      double valenceVariance = 0;
      for (int i = 0; i < VOTED.length; i++) {
        double share = (double) votes[i] / expressed;
        arousalVariance += share * Math.pow(VOTED[i].arousal() - arousal, 2);
        valenceVariance += share * Math.pow(VOTED[i].valence() - valence, 2);
      }
      int dot = name.lastIndexOf('.');
      return new VotedFace(
          new RatedFace(
              dot > 0 ? name.substring(0, dot) : name,
              image,
              null,
              (float) arousal,
              (float) valence,
              VOTED[most]),
          (float) Math.sqrt(arousalVariance),
          (float) Math.sqrt(valenceVariance),
          expressed);
    }

    /**
     * Rows whose file repeats another's: of a group one stays, one that is for judging if any is.
     */
    private Set<Row> repeated() {
      List<Row> judgedFirst = new ArrayList<>(rows);
      judgedFirst.sort((a, b) -> b.part.compareTo(a.part));
      Map<String, Row> first = new HashMap<>();
      Set<Row> repeated = new HashSet<>();
      for (Row row : judgedFirst) {
        if (first.putIfAbsent(fingerprint(row.image), row) != null) {
          repeated.add(row);
        }
      }
      return repeated;
    }

    private static String fingerprint(Path image) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(image)));
      } catch (IOException e) {
        // The decoder says later what is wrong with it.
        return image.toString();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    private void leaveOut(String reason) {
      leftOut.merge(reason, 1, Integer::sum);
    }
  }
}
