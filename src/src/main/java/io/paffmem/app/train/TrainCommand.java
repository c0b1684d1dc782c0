package io.paffmem.app.train;

import io.paffmem.app.terminal.OutputFolder;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.start.Problems;
import io.paffmem.training.Trainer;
import io.paffmem.training.Trainer.Choice;
import io.paffmem.training.config.Loss;
import io.paffmem.training.config.LossWeights;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.faces.Batch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Trains a PK. */
@Command(
    name = "train",
    subcommands = TrainIdentityCommand.class,
    description = {
      "Trains a PK and exports it as a SavedModel.",
      "A run that was stopped goes on from its newest checkpoint in --out."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class TrainCommand implements Callable<Integer> {
  private static final double MINUTES = 60;

  @Mixin private FacesOptions faces;
  @Mixin private NetworkOptions networks;
  @Mixin private BudgetOptions budget;

  @Option(
      names = "--weight",
      split = ",",
      paramLabel = "KIND=W",
      description =
          "Part of every batch, relative to the other data sets', repeatable. Default: synthetic"
              + " 0.5, others 1.")
  private Map<String, Double> weights = new LinkedHashMap<>();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Faces a step, a multiple of 4; default 96.")
  private @Nullable Integer batch;

  @Option(
      names = "--generated",
      paramLabel = "N",
      description = "How many of them G draws as well, a multiple of 4; default 36.")
  private @Nullable Integer generated;

  @Option(
      names = "--report-every",
      paramLabel = "STEPS",
      description =
          "Steps between checkpoints, with a validation and pictures; default ${DEFAULT-VALUE}.")
  private int reportEvery = 250;

  @Option(
      names = "--export",
      paramLabel = "last|best",
      description =
          "Which checkpoint becomes the PK: the last, or the one with the best mean CCC on the"
              + " people kept for validation (photographs, where there are any). Default: last.")
  private Choice export = Choice.LAST;

  @Option(
      names = "--identity-model",
      paramLabel = "DIR",
      description =
          "SavedModel of a face-identity network, for the identity loss: train identity makes one,"
              + " and any other with the same signature will do.")
  private @Nullable Path identityModel;

  @Option(
      names = "--loss",
      split = ",",
      paramLabel = "LOSS=W",
      description =
          "Weight of a loss, repeatable; 0 leaves it out. Losses: ${COMPLETION-CANDIDATES}.",
      completionCandidates = LossLabels.class)
  private Map<String, Double> lossWeights = new LinkedHashMap<>();

  @Option(
      names = "--begin-with",
      paramLabel = "DIR",
      description =
          "The --out of another run of the same width: a new run begins with its newest weights"
              + " instead of random ones, to train on with other losses or other faces.")
  private @Nullable Path beginWith;

  @Option(
      names = "--learn",
      paramLabel = "all|encoder|generator",
      description =
          "Which networks learn: encoder is E with D_em, without G; generator is G beside E and"
              + " D_em of --encoder or --begin-with, which stay as they are. Default: all.")
  private Learners learners = Learners.ALL;

  @Option(
      names = "--encoder",
      paramLabel = "DIR",
      description =
          "SavedModel of a PK whose E and D_em a new run begins with, whatever --begin-with has. A"
              + " narrower E, or one without blocks, is widened: it reads at first what it read"
              + " there.")
  private @Nullable Path encoder;

  /** Which networks learn. */
  enum Learners {
    ALL,
    ENCODER,
    GENERATOR
  }

  @Option(
      names = "--out",
      required = true,
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Folder of the run: checkpoints, metrics.csv, pictures and what it exports.")
  Path out;

  @Option(
      names = "--name",
      required = true,
      scope = ScopeType.INHERIT,
      description = "Name of what is trained, e.g. pk-quarter-1; also its folder in --out.")
  String name;

  @Override
  public Integer call() throws InterruptedException {
    check();
    Device.useAllCores();
    TrainingView view =
        new TrainingView(System.out, Boolean.getBoolean("paffmem.terminal"), System::nanoTime);
    // TensorFlow breaks a process that ends while it computes: the end waits for a checkpoint.
    try (Shutdown shutdown = new Shutdown()) {
      TrainingConfig config = config();
      Trainer trainer =
          new Trainer(
              networks.network(),
              config,
              networks.device(),
              Optional.ofNullable(identityModel),
              out,
              System::nanoTime);
      if (beginWith != null) {
        trainer.beginWith(beginWith);
      }
      if (encoder != null) {
        trainer.encoderOf(encoder);
      }
      boolean photographs = faces.datasets().stream().anyMatch(TrainingDataset::isPhotographs);
      faces.load(
          config.validationShare(),
          view::println,
          shutdown::isAsked,
          (dataset, split) ->
              trainer.add(split, weight(dataset), dataset.isPhotographs() || !photographs));
      OutputFolder.create("--out", out);
      view.println("Training on the %s; Ctrl-C stops at a checkpoint.".formatted(trainer.device()));
      Trainer.Outcome outcome =
          trainer.run(budget.budget(MINUTES), reportEvery, view, shutdown::isAsked);
      if (!outcome.finished()) {
        view.println(
            "Stopped at step %,d; the same command goes on from %s."
                .formatted(outcome.step(), outcome.checkpoint()));
        return ExitCode.OK;
      }
      Path target = out.resolve(name);
      long exported = trainer.export(export, name, target, view::println);
      view.println("The PK of step %,d is in %s".formatted(exported, target));
      return ExitCode.OK;
    }
  }

  private TrainingConfig config() {
    TrainingConfig standard = TrainingConfig.standard(faces.seed()).with(losses());
    TrainingConfig config = standard.ofBatches(faces(standard), drawn(standard));
    return switch (learners) {
      case ALL -> config;
      case ENCODER -> config.encoderAlone();
      case GENERATOR -> config.generatorAlone();
    };
  }

  private int faces(TrainingConfig standard) {
    return batch == null ? standard.batch() : batch;
  }

  private int drawn(TrainingConfig standard) {
    return generated == null ? standard.generated() : generated;
  }

  /** The standard weights, but for what the command line says. */
  private LossWeights losses() {
    LossWeights losses = LossWeights.standard();
    if (identityModel != null) {
      losses = losses.with(Loss.IDENTITY, LossWeights.paper().of(Loss.IDENTITY));
    }
    for (Map.Entry<String, Double> entry : lossWeights.entrySet()) {
      losses = losses.with(Loss.labelled(entry.getKey()), entry.getValue());
    }
    return losses;
  }

  /** What --loss may name. */
  static final class LossLabels extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    LossLabels() {
      for (Loss loss : Loss.values()) {
        add(loss.label());
      }
    }
  }

  private double weight(TrainingDataset dataset) {
    return weights.getOrDefault(dataset.kind().spelled(), FacesOptions.weight(dataset));
  }

  private void check() {
    Problems problems = new Problems();
    faces.check(problems);
    List<String> kinds =
        faces.datasets().stream().map(dataset -> dataset.kind().spelled()).toList();
    for (String kind : kinds.stream().distinct().toList()) {
      problems.addIf(
          kinds.indexOf(kind) != kinds.lastIndexOf(kind), "--dataset %s is given twice", kind);
    }
    weights.forEach(
        (kind, weight) -> {
          problems.addIf(!kinds.contains(kind), "--weight %s is for no --dataset", kind);
          problems.addIf(
              !(weight > 0 && Double.isFinite(weight)),
              "--weight %s is %s, must be above 0",
              kind,
              weight);
        });
    List<String> labels = new LossLabels();
    lossWeights.forEach(
        (loss, weight) -> {
          problems.addIf(
              !labels.contains(loss), "--loss %s is none of %s", loss, String.join(", ", labels));
          problems.addIf(
              !(weight >= 0 && Double.isFinite(weight)),
              "--loss %s is %s, must be at least 0",
              loss,
              weight);
        });
    problems.addIf(
        identityModel == null && lossWeights.getOrDefault(Loss.IDENTITY.label(), 0.0) > 0,
        "--loss identity needs --identity-model");
    problems.addIf(
        learners == Learners.GENERATOR && encoder == null && beginWith == null,
        "--learn generator needs --encoder or --begin-with");
    networks.check(problems);
    budget.check(problems);
    TrainingConfig standard = TrainingConfig.standard(faces.seed());
    problems.addIf(
        faces(standard) < Batch.GROUP || faces(standard) % Batch.GROUP != 0,
        "--batch is %s, must be a multiple of %s",
        faces(standard),
        Batch.GROUP);
    problems.addIf(
        drawn(standard) < Batch.GROUP
            || drawn(standard) % Batch.GROUP != 0
            || drawn(standard) > faces(standard),
        "--generated is %s, must be a multiple of %s, at most the %s of a batch",
        drawn(standard),
        Batch.GROUP,
        faces(standard));
    problems.addIf(reportEvery < 1, "--report-every is %s, must be at least 1", reportEvery);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      problems.add("--name is '" + name + "', must be of letters, digits, dots and dashes");
    } else if (Files.exists(out.resolve(name))) {
      problems.add(out.resolve(name) + " exists already: choose another --name or --out");
    }
    OutputFolder.check("--out", out, problems);
    problems.throwIfAny();
  }
}
