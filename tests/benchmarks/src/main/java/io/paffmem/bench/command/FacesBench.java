package io.paffmem.bench.command;

import io.paffmem.app.options.FaceOptions;
import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.terminal.Tables;
import io.paffmem.bench.FaceConditions;
import io.paffmem.bench.MeetingRates;
import io.paffmem.bench.QualityRates;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.start.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How well faces are found, and how well they keep their numbers. */
@Command(
    name = "faces",
    description = {
      "Which share of faces is found under which conditions, how many false ones beside them, and"
          + " the time of a core for a picture; and in how many meetings of three people who do not"
          + " exist two who cross keep their numbers.",
      "With --face-model the model stands beside the cascade that is in the box."
    })
final class FacesBench implements Callable<Integer> {
  @Option(
      names = "--photographs",
      paramLabel = "FOLDER",
      description =
          "Photographs of one face each, for the conditions; without it they are left out.")
  private @Nullable Path photographs;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "Photographs at most, spread over the folder; default ${DEFAULT-VALUE}.")
  private int most = 200;

  @Option(
      names = "--meetings",
      paramLabel = "N",
      description = "Synthetic meetings; default ${DEFAULT-VALUE}.")
  private int meetings = 100;

  @Option(
      names = "--meeting-video",
      paramLabel = "FILE",
      description = "Write one of the meetings as a video (.mp4, .mov, .mkv), and measure nothing.")
  private @Nullable Path video;

  @Option(
      names = "--quality",
      paramLabel = "FOLDER",
      description =
          "Measure what small, blurred, cut off and tilted faces do to the PK, and nothing else, by"
              + " --most photographs of FER+ (its part for validation); with --face-model turned"
              + " ones, too, and tilted ones in the model's boxes.")
  private @Nullable Path quality;

  @Mixin private FaceOptions faces = new FaceOptions();
  @Mixin private ModelOptions models = new ModelOptions();

  @Override
  public Integer call() throws Exception {
    Problems problems = new Problems();
    problems.addIf(most < 1 || meetings < 0, "--most must be at least 1, --meetings 0");
    Path folder = photographs;
    problems.addIf(
        folder != null && !Files.isDirectory(folder), "--photographs %s is no folder", folder);
    faces.check(problems);
    problems.throwIfAny();
    Path written = video;
    if (written != null) {
      MeetingRates.write(written, 1);
      return 0;
    }
    FaceConfig config = FaceConfig.defaults();
    Path rated = quality;
    if (rated != null) {
      Path landmarks = faces.model();
      try (PriorKnowledge prior = models.load();
          FaceDetector detector = landmarks == null ? null : FaceDetector.of(config, landmarks)) {
        print(QualityRates.measure(prior, rated, most, detector));
      }
      return 0;
    }
    try (FaceDetector cascade = FaceDetector.of(config, null)) {
      measure("Haar cascade", cascade, folder);
    }
    Path model = faces.model();
    if (model != null) {
      try (FaceDetector network = FaceDetector.of(config, model)) {
        measure("YuNet", network, folder);
      }
    }
    return 0;
  }

  private static void print(List<QualityRates.Row> found) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("faces", "", "readable", "sharpness", "CCC arousal", "CCC valence"));
    for (QualityRates.Row row : found) {
      rows.add(
          List.of(
              row.condition(),
              Integer.toString(row.photographs()),
              String.format(Locale.ROOT, "%.1f %%", 100 * row.readable()),
              String.format(Locale.ROOT, "%.3f", row.sharpness()),
              String.format(Locale.ROOT, "%.3f", row.cccArousal()),
              String.format(Locale.ROOT, "%.3f", row.cccValence())));
    }
    System.out.println(Tables.render(rows));
  }

  private void measure(String name, FaceDetector detector, @Nullable Path folder) throws Exception {
    if (folder != null) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of(name, "found", "false faces", "ms a picture"));
      for (FaceConditions.Row row : FaceConditions.measure(detector, folder, most)) {
        rows.add(
            List.of(
                row.condition(),
                String.format(Locale.ROOT, "%.1f %%", 100 * row.found()),
                String.format(Locale.ROOT, "%.1f %%", 100 * row.falseFaces()),
                String.format(Locale.ROOT, "%.1f", row.millis())));
      }
      System.out.println(Tables.render(rows));
    }
    if (meetings > 0) {
      MeetingRates rates = MeetingRates.measure(detector, meetings);
      System.out.printf(
          Locale.ROOT,
          "%s: in %d of %d meetings all three kept one number; %d of %d faces under another one,"
              + " %d numbers too many; %.1f ms a picture%n",
          name,
          rates.kept(),
          meetings,
          rates.underAnother(),
          rates.faces(),
          rates.tooMany(),
          rates.millis());
    }
  }
}
