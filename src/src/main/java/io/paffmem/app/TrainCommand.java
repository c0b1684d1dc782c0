package io.paffmem.app;

import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.network.NetworkConfig;
import io.paffmem.pipeline.StartException;
import io.paffmem.training.Trainer;
import io.paffmem.training.TrainingConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a PK. */
@Command(
    name = "train",
    description = {
      "Trains a PK and exports it as a SavedModel.",
      "A run that was stopped goes on from its newest checkpoint in --out."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--faces",
      paramLabel = "DIR",
      description = "Data set of facial expressions: data/legend.csv and images/.")
  private @Nullable Path faces;

  @Option(
      names = "--synthetic",
      paramLabel = "N",
      description = "Faces of synthetic people to render; default ${DEFAULT-VALUE}.")
  private int synthetic = 15_000;

  @Option(
      names = "--synthetic-weight",
      paramLabel = "W",
      description =
          "Synthetic faces in a batch for each photograph there; default ${DEFAULT-VALUE}.")
  private double syntheticWeight = 0.5;

  @Option(
      names = "--width",
      paramLabel = "W",
      description = "Width of the networks in (0, 1]; 1 is the paper's. Default ${DEFAULT-VALUE}.")
  private double width = 0.25;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Time to train, resumed runs included; default ${DEFAULT-VALUE}.")
  private double minutes = 60;

  @Option(names = "--seed", description = "Of all randomness; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--report-every",
      paramLabel = "STEPS",
      description =
          "Steps between checkpoints, with a validation and pictures; default ${DEFAULT-VALUE}.")
  private int reportEvery = 250;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the run: checkpoints, metrics.csv, pictures and the PK.")
  private Path out;

  @Option(
      names = "--name",
      required = true,
      description = "Name of the PK, e.g. pk-quarter-1; also its folder in --out.")
  private String name;

  @Override
  public Integer call() throws Exception {
    PrintStream print = System.out;
    check();
    Files.createDirectories(out);
    Trainer trainer = new Trainer(NetworkConfig.ofWidth(width), TrainingConfig.defaults(seed), out);
    if (faces != null) {
      FacialExpressions dataset = FacialExpressions.read(faces);
      AtomicInteger unreadable = new AtomicInteger();
      var set = TrainingFaces.photographs(dataset, unreadable::incrementAndGet);
      trainer.add(set, 1);
      print.printf(
          "%d photographs; left out: %d missing, %d unreadable, %d of unknown expression, %d"
              + " malformed rows%n",
          set.faces().size(),
          dataset.missingImages(),
          unreadable.get(),
          dataset.unknownExpressions(),
          dataset.malformedRows());
    }
    if (synthetic > 0) {
      trainer.add(TrainingFaces.synthetic(synthetic, seed), syntheticWeight);
      print.printf("%d synthetic faces%n", synthetic);
    }
    Path export = out.resolve(name);
    Trainer.Report last =
        trainer.run(
            Duration.ofMillis(Math.round(minutes * 60_000)),
            reportEvery,
            name,
            export,
            report -> print.println(line(report)));
    if (faces != null) {
      print.println(classMeans(last));
    }
    print.println("The PK is in " + export);
    return 0;
  }

  private void check() {
    List<String> problems = new ArrayList<>();
    if (faces == null && synthetic <= 0) {
      problems.add("nothing to train on: give --faces, or --synthetic above 0");
    }
    if (!(width > 0 && width <= 1)) {
      problems.add("--width is " + width + ", must be in (0, 1]");
    }
    if (!(minutes > 0)) {
      problems.add("--minutes is " + minutes + ", must be above 0");
    }
    if (reportEvery < 1) {
      problems.add("--report-every is " + reportEvery + ", must be at least 1");
    }
    if (!(syntheticWeight > 0)) {
      problems.add("--synthetic-weight is " + syntheticWeight + ", must be above 0");
    }
    if (Files.exists(out.resolve(name))) {
      problems.add(out.resolve(name) + " exists already: choose another --name or --out");
    }
    if (!problems.isEmpty()) {
      throw new StartException(String.join("; ", problems));
    }
  }

  private static String line(Trainer.Report report) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "step %d, %.1f min, reconstruction %.3f, emotion %.3f, re-encoding %.3f",
                report.step(),
                report.trained().toMillis() / 60_000.0,
                report.losses().reconstruction(),
                report.losses().emotion(),
                report.losses().reencoding()));
    report
        .ccc()
        .forEach(
            (set, ccc) ->
                line.append(", CCC ")
                    .append(set)
                    .append(" arousal ")
                    .append(number(ccc[0]))
                    .append(" valence ")
                    .append(number(ccc[1])));
    return line.toString();
  }

  /** What the PK says of the photographs of each expression, on people kept for validation. */
  private static String classMeans(Trainer.Report report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("label (arousal valence)", "faces", "mean arousal", "mean valence"));
    report
        .classMeans()
        .getOrDefault(TrainingFaces.PHOTOGRAPHS, Map.of())
        .forEach(
            (label, means) ->
                rows.add(
                    List.of(
                        label,
                        Long.toString(Math.round(means[0])),
                        String.format(Locale.ROOT, "%.2f", means[1]),
                        String.format(Locale.ROOT, "%.2f", means[2]))));
    return Tables.render(rows);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "none";
  }
}
