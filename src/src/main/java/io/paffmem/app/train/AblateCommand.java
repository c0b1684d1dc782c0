package io.paffmem.app.train;

import io.paffmem.app.terminal.OutputFolder;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.start.Problems;
import io.paffmem.training.ablation.Ablation;
import io.paffmem.training.ablation.AblationConfig;
import io.paffmem.training.ablation.AblationResult;
import io.paffmem.training.ablation.AblationRow;
import io.paffmem.training.ablation.AblationTable;
import io.paffmem.training.config.TrainingConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
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
public final class AblateCommand implements Callable<Integer> {
  /** As many for every row without a D_em of its own; seconds. */
  private static final int READER_STEPS = 3_000;

  @Mixin private FacesOptions faces;
  @Mixin private NetworkOptions networks;

  @Option(
      names = "--identity-model",
      paramLabel = "DIR",
      description =
          "SavedModel of a face-identity network, for the identity loss; without one no row has"
              + " that loss.")
  private @Nullable Path identityModel;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of each row; default ${DEFAULT-VALUE}.")
  private long steps = 1_500;

  @Option(
      names = "--report-every",
      paramLabel = "STEPS",
      description = "Steps between checkpoints, with a validation; default ${DEFAULT-VALUE}.")
  private int reportEvery = 250;

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
      TrainingConfig training = TrainingConfig.standard(faces.seed());
      Ablation ablation =
          new Ablation(
              new AblationConfig(
                  networks.network(),
                  training,
                  steps,
                  reportEvery,
                  READER_STEPS,
                  Optional.ofNullable(identityModel),
                  networks.device()),
              out);
      faces.load(
          training.validationShare(),
          view::println,
          shutdown::isAsked,
          (dataset, split) -> ablation.add(split, FacesOptions.weight(dataset)));
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
    Problems problems = new Problems();
    faces.check(problems);
    networks.check(problems);
    problems.addIf(steps < 1, "--steps is %s, must be at least 1", steps);
    problems.addIf(reportEvery < 1, "--report-every is %s, must be at least 1", reportEvery);
    OutputFolder.check("--out", out, problems);
    problems.throwIfAny();
  }
}
