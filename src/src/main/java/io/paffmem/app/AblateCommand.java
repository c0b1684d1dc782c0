package io.paffmem.app;

import io.paffmem.network.NetworkConfig;
import io.paffmem.pipeline.StartException;
import io.paffmem.prior.Device;
import io.paffmem.training.Ablation;
import io.paffmem.training.AblationConfig;
import io.paffmem.training.AblationResult;
import io.paffmem.training.AblationRow;
import io.paffmem.training.AblationTable;
import io.paffmem.training.TrainingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The paper's Table 2. */
@Command(
    name = "ablate",
    description = {
      "Trains a PK for each row of the paper's Table 2 with the same steps: reconstruction and"
          + " identity alone, then with each choice of D_prior, D_real and D_em.",
      "Rows that are done in --out are not done again; one that was stopped goes on. The table is"
          + " table2.md and table2.csv there."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class AblateCommand implements Callable<Integer> {
  private static final double SYNTHETIC_WEIGHT = 0.5;

  /** As many for every row without a D_em of its own; seconds. */
  private static final int READER_STEPS = 3_000;

  @Option(
      names = "--dataset",
      split = ",",
      paramLabel = "KIND=DIR",
      converter = DatasetOption.Converter.class,
      description = "What to train on, repeatable, as in 'train'.")
  private List<DatasetOption> datasets = new ArrayList<>();

  @Option(
      names = "--identity-model",
      paramLabel = "DIR",
      description =
          "SavedModel of a face-identity network, for the identity loss; without one no row has"
              + " that loss.")
  private @Nullable Path identityModel;

  @Option(
      names = "--width",
      paramLabel = "W",
      description = "Width of the networks in (0, 1]; 1 is the paper's. Default ${DEFAULT-VALUE}.")
  private double width = 0.25;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of each row; default ${DEFAULT-VALUE}.")
  private long steps = 1_500;

  @Option(names = "--seed", description = "Of all randomness; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--report-every",
      paramLabel = "STEPS",
      description = "Steps between checkpoints, with a validation; default ${DEFAULT-VALUE}.")
  private int reportEvery = 250;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where to compute; gpu refuses to start without one. Default: auto.")
  private Device device = Device.AUTO;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the table, and of each row's run.")
  private Path out;

  @Override
  public Integer call() throws InterruptedException {
    check();
    Device.useAllCores();
    TrainingView view =
        new TrainingView(System.out, Boolean.getBoolean("paffmem.terminal"), System::nanoTime);
    // TensorFlow breaks a process that ends while it computes: the end waits for a checkpoint.
    try (Shutdown shutdown = new Shutdown()) {
      TrainingConfig training = TrainingConfig.standard(seed);
      Ablation ablation =
          new Ablation(
              new AblationConfig(
                  NetworkConfig.ofWidth(width),
                  training,
                  steps,
                  reportEvery,
                  READER_STEPS,
                  Optional.ofNullable(identityModel),
                  device),
              out);
      for (DatasetOption dataset : datasets) {
        TrainingFaces faces =
            TrainingFaces.load(dataset, training.validationShare(), seed, shutdown::isAsked);
        view.println(faces.said());
        ablation.add(faces.split(), dataset.isPhotographs() ? 1 : SYNTHETIC_WEIGHT);
      }
      ablation.begin();
      List<AblationResult> results = new ArrayList<>();
      for (AblationRow row : AblationRow.values()) {
        view.println("Row " + row.label());
        Optional<AblationResult> result = ablation.run(row, view, shutdown::isAsked);
        if (result.isEmpty()) {
          view.println("Stopped; the same command goes on from here.");
          return ExitCode.OK;
        }
        results.add(result.get());
        // After each row, so that a stopped ablation has a table too.
        new AblationTable(results).write(out);
      }
      view.println(new AblationTable(results).markdown().stripTrailing());
      return ExitCode.OK;
    }
  }

  private void check() {
    List<String> problems = new ArrayList<>();
    if (datasets.isEmpty()) {
      problems.add("nothing to train on: give --dataset " + DatasetOption.FORMS);
    }
    if (!(width > 0 && width <= 1)) {
      problems.add("--width is " + width + ", must be in (0, 1]");
    }
    if (steps < 1) {
      problems.add("--steps is " + steps + ", must be at least 1");
    }
    if (reportEvery < 1) {
      problems.add("--report-every is " + reportEvery + ", must be at least 1");
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      problems.add("--out " + out + " is a file: name a folder");
    }
    if (!problems.isEmpty()) {
      throw new StartException(String.join("; ", problems));
    }
  }
}
