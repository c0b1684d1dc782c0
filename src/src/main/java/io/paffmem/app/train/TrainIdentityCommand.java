package io.paffmem.app.train;

import io.paffmem.app.terminal.Shutdown;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.start.StartException;
import io.paffmem.training.identity.IdentityConfig;
import io.paffmem.training.identity.IdentityTrainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
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
  private static final double MINUTES = 6;

  @Mixin private FacesOptions faces;
  @Mixin private BudgetOptions budget;

  @Option(
      names = "--least-faces",
      paramLabel = "N",
      description = "People with fewer faces are not trained on; default ${DEFAULT-VALUE}.")
  private int leastFaces = 10;

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
      IdentityConfig config = IdentityConfig.defaults(faces.seed()).withLeastFaces(leastFaces);
      IdentityTrainer trainer = new IdentityTrainer(config, System::nanoTime);
      int people = 0;
      for (DatasetOption dataset : faces.datasets()) {
        TrainingFaces loaded =
            TrainingFaces.load(dataset, config.validationShare(), faces.seed(), shutdown::isAsked);
        print.println(loaded.said());
        IdentityTrainer.Known known = trainer.add(loaded.split(), FacesOptions.weight(dataset));
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
              budget.budget(MINUTES),
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

  private void createFolder() {
    try {
      Files.createDirectories(train.out);
    } catch (IOException e) {
      throw new StartException("--out " + train.out + " cannot be made a folder: " + e, e);
    }
  }

  private void check(Path export) {
    List<String> problems = new ArrayList<>();
    faces.check(problems);
    budget.check(problems);
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
