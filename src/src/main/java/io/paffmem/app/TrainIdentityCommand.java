package io.paffmem.app;

import io.paffmem.pipeline.StartException;
import io.paffmem.prior.Device;
import io.paffmem.training.IdentityConfig;
import io.paffmem.training.IdentityTrainer;
import io.paffmem.training.TrainingBudget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Trains the network that tells people apart. */
@Command(
    name = "identity",
    description = {
      "Trains a small network that tells people apart, for --identity-model of other commands.",
      "It is verified on people whom it never sees: the same ones that 'train' keeps for"
          + " validation with the same --seed."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class TrainIdentityCommand implements Callable<Integer> {
  /** They are told apart with less effort than people on photographs. */
  private static final double SYNTHETIC_WEIGHT = 0.5;

  private static final double MINUTES = 6;

  @Option(
      names = "--dataset",
      split = ",",
      paramLabel = "KIND=DIR",
      converter = DatasetOption.Converter.class,
      description = "Whom to train on, repeatable, as in 'train': faces=DIR, synthetic=N.")
  private List<DatasetOption> datasets = new ArrayList<>();

  @Option(
      names = "--least-faces",
      paramLabel = "N",
      description = "People with fewer faces are not trained on; default ${DEFAULT-VALUE}.")
  private int leastFaces = 10;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Time to train. Default 6, or no limit with --steps.")
  private @Nullable Double minutes;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Steps to train; with --minutes, whichever comes first. With steps alone, the same"
              + " command gives the same network on the same machine.")
  private @Nullable Long steps;

  @Option(names = "--seed", description = "Of all randomness; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--report-every",
      paramLabel = "STEPS",
      description = "Steps between lines that say how good it is; default ${DEFAULT-VALUE}.")
  private int reportEvery = 200;

  // It inherits --out and --name: as a parent's required options they would be asked for anyway.
  @ParentCommand private TrainCommand train;

  @Override
  public Integer call() throws InterruptedException {
    Path export = train.out.resolve(train.name);
    check(export);
    Device.useAllCores();
    PrintStream print = System.out;
    // TensorFlow breaks a process that ends while it computes: the end waits for the step.
    try (Shutdown shutdown = new Shutdown()) {
      IdentityConfig config = IdentityConfig.defaults(seed).withLeastFaces(leastFaces);
      IdentityTrainer trainer = new IdentityTrainer(config, System::nanoTime);
      int people = 0;
      for (DatasetOption dataset : datasets) {
        TrainingFaces faces =
            TrainingFaces.load(dataset, config.validationShare(), seed, shutdown::isAsked);
        print.println(faces.said());
        IdentityTrainer.Known known =
            trainer.add(faces.split(), dataset.isPhotographs() ? 1 : SYNTHETIC_WEIGHT);
        print.printf("of them %,d faces of %,d people%n", known.faces(), known.people());
        people += known.people();
      }
      if (people < 2) {
        throw new StartException(
            ("only %d people have %d faces or more, and two are needed: name another --dataset,"
                    + " or a smaller --least-faces")
                .formatted(people, leastFaces));
      }
      createFolder();
      boolean finished =
          trainer.run(
              budget(),
              reportEvery,
              train.name,
              export,
              report -> print.println(line(report)),
              shutdown::isAsked);
      print.println(
          finished ? "The identity network is in " + export : "Stopped; nothing is kept.");
      return ExitCode.OK;
    }
  }

  private TrainingBudget budget() {
    double limit = minutes != null ? minutes : MINUTES;
    Optional<Duration> time =
        minutes == null && steps != null
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(Math.max(1, Math.round(limit * 60_000))));
    return new TrainingBudget(steps == null ? OptionalLong.empty() : OptionalLong.of(steps), time);
  }

  private void createFolder() {
    try {
      Files.createDirectories(train.out);
    } catch (IOException e) {
      throw new StartException("--out " + train.out + " cannot be made a folder: " + e, e);
    }
  }

  private void check(Path export) {
    List<String> problems = new ArrayList<>();
    if (datasets.isEmpty()) {
      problems.add("nobody to train on: give --dataset " + DatasetOption.FORMS);
    }
    if (minutes != null && !(minutes > 0 && Double.isFinite(minutes))) {
      problems.add("--minutes is " + minutes + ", must be above 0");
    }
    if (steps != null && steps < 1) {
      problems.add("--steps is " + steps + ", must be at least 1");
    }
    if (leastFaces < 2) {
      problems.add("--least-faces is " + leastFaces + ", must be at least 2");
    }
    if (reportEvery < 1) {
      problems.add("--report-every is " + reportEvery + ", must be at least 1");
    }
    if (Files.exists(export)) {
      problems.add(export + " exists already: choose another --name or --out");
    }
    if (!problems.isEmpty()) {
      throw new StartException(String.join("; ", problems));
    }
  }

  private static String line(IdentityTrainer.Report report) {
    return String.format(
        Locale.ROOT,
        "step %,d, %.1f min, loss %.3f, known people recognised:%s, AUC on unseen people:%s",
        report.step(),
        report.trained().toMillis() / 60_000.0,
        report.loss(),
        bySet(report.recognised()),
        bySet(report.auc()));
  }

  private static String bySet(Map<String, OptionalDouble> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (set, value) ->
            text.append(' ')
                .append(set)
                .append(' ')
                .append(
                    value.isPresent()
                        ? String.format(Locale.ROOT, "%.3f", value.getAsDouble())
                        : "none"));
    return text.toString();
  }
}
