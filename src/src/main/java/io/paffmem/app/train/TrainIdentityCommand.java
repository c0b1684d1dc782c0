package io.paffmem.app.train;

import io.paffmem.app.terminal.OutputFolder;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.BundledModel;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import io.paffmem.training.identity.IdentityConfig;
import io.paffmem.training.identity.IdentityTrainer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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

  /** Of rendered people, who are soon told apart. */
  private static final double SYNTHETIC_WEIGHT = 0.25;

  @Mixin private FacesOptions faces;
  @Mixin private BudgetOptions budget;

  @Option(
      names = "--least-faces",
      paramLabel = "N",
      description = "People with fewer faces are not trained on; default ${DEFAULT-VALUE}.")
  private int leastFaces = 1;

  @Option(
      names = "--encoder",
      paramLabel = "open|PK",
      description =
          "Begin with the convolutions of this PK's E, which has a quarter of the paper's width:"
              + " open, the one in the box, or the folder of another. Default: random weights.")
  private @Nullable String encoder;

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
      AtomicInteger people = new AtomicInteger();
      faces.load(
          config.validationShare(),
          print::println,
          shutdown::isAsked,
          (dataset, split) -> {
            IdentityTrainer.Known known =
                trainer.add(split, dataset.isPhotographs() ? 1 : SYNTHETIC_WEIGHT);
            print.printf("of them %,d faces of %,d people%n", known.faces(), known.people());
            people.addAndGet(known.people());
          });
      if (people.get() < 2) {
        throw new StartException(
            ("only %d people have %d faces or more, and two are needed: name another --dataset,"
                    + " or a smaller --least-faces")
                .formatted(people.get(), leastFaces));
      }
      if (encoder != null) {
        trainer.beginWith(encoderWeights(encoder));
      }
      OutputFolder.create("--out", train.out);
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

  private static Map<String, Weights> encoderWeights(String name) {
    Optional<BundledModel> bundled = BundledModel.labelled(name);
    try (SavedModelPrior prior =
        bundled.isPresent()
            ? bundled.get().load(Device.CPU)
            : SavedModelPrior.load(Path.of(name), Device.CPU)) {
      return prior.weights();
    }
  }

  private void check(Path export) {
    Problems problems = new Problems();
    faces.check(problems);
    budget.check(problems);
    problems.addIf(leastFaces < 1, "--least-faces is %s, must be at least 1", leastFaces);
    problems.addIf(reportEvery < 1, "--report-every is %s, must be at least 1", reportEvery);
    problems.addIf(
        Files.exists(export), "%s exists already: choose another --name or --out", export);
    problems.throwIfAny();
  }

  private static String line(IdentityTrainer.Report report) {
    return String.format(
        Locale.ROOT,
        "step %,d, %.1f min, loss %.3f, AUC on unseen people:%s",
        report.step(),
        report.trained().toMillis() / 60_000.0,
        report.loss(),
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
