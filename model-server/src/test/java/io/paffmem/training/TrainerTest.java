package io.paffmem.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.training.TinyTraining.Heard;
import io.paffmem.training.TinyTraining.TickingClock;
import io.paffmem.training.Trainer.Choice;
import io.paffmem.training.Trainer.Outcome;
import io.paffmem.training.config.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  @TempDir private Path temp;

  @Test
  void run_sameSeedAndFaces_sameLossesWhetherStoppedOrNot() throws Exception {
    Heard whole = run(temp.resolve("whole"), TrainingBudget.ofSteps(6), 100);
    Heard interrupted = new Heard();
    Trainer first = TinyTraining.trainer(temp.resolve("stopped"));
    Outcome stopped =
        first.run(
            TrainingBudget.ofSteps(6), 100, interrupted, () -> interrupted.losses.size() == 3);
    assertThat(stopped.finished()).isFalse();
    assertThat(stopped.step()).isEqualTo(3);
    assertThat(stopped.checkpoint()).isEqualTo(temp.resolve("stopped/step-000000003"));
    Heard rest = run(temp.resolve("stopped"), TrainingBudget.ofSteps(6), 100);

    assertThat(whole.losses).hasSize(6);
    // The first three are those of a second fresh run, the others of one that was restored.
    Map<Long, Map<String, Float>> together = new LinkedHashMap<>(interrupted.losses);
    together.putAll(rest.losses);
    assertThat(together).isEqualTo(whole.losses);
    assertThat(rest.reports.get(0).ccc()).isEqualTo(whole.reports.get(0).ccc());
    assertThat(rest.notes)
        .containsExactly("Going on from the checkpoint " + stopped.checkpoint() + " (step 3).");
  }

  @Test
  void run_steps_reportsWithMetricsPicturesAndAPk() throws Exception {
    Path folder = temp.resolve("run");
    Heard heard = new Heard();
    Trainer trainer = TinyTraining.trainer(folder);

    Outcome outcome = trainer.run(TrainingBudget.ofSteps(5), 2, heard, () -> false);

    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.step()).isEqualTo(5);
    assertThat(heard.reports).extracting(TrainingReport::step).containsExactly(2L, 4L, 5L);
    assertThat(heard.progress)
        .extracting(TrainingListener.Progress::spent)
        .containsExactly(0.2, 0.4, 0.6, 0.8, 1.0);
    TrainingReport last = heard.reports.get(2);
    assertThat(last.losses()).isEqualTo(heard.losses.get(5L));
    assertThat(last.ccc()).containsOnlyKeys("bright");
    last.ccc().forEach((set, ccc) -> assertThat(last.score()).isEqualTo(ccc.mean()));
    // The clock ticks twice within a step, once of it while waiting for the batch.
    assertThat(last.stepMillis()).isEqualTo(2);
    assertThat(last.waitedMillis()).isEqualTo(1);
    assertThat(Files.readAllLines(folder.resolve("metrics.csv")))
        .hasSize(4)
        .first()
        .asString()
        .startsWith("step,seconds,emotion,concordance,distance,")
        .endsWith(
            ",ccc_arousal_bright,ccc_valence_bright,score,learning_rate,step_millis,"
                + "waited_millis");
    assertThat(folder.resolve("edited-bright-000005.png")).isNotEmptyFile();

    assertThat(trainer.export(Choice.LAST, "pk-a", folder.resolve("pk-a"), heard::noted))
        .isEqualTo(5);
    // The same command once more has nothing to do, and does not blur what is there.
    Heard over = run(folder, TrainingBudget.ofSteps(5), 2);
    assertThat(over.reports).isEmpty();
    assertThat(names(folder))
        .noneMatch(name -> name.startsWith("partial-"))
        .contains("step-000000004", "step-000000005");
    try (SavedModelPrior pk = SavedModelPrior.load(folder.resolve("pk-a"), Device.CPU)) {
      assertThat(pk.modelVersion()).startsWith("pk-a-");
      assertThat(pk.encode(new byte[96 * 96 * 3], 1).z()).hasSize(8);
    }
  }

  @Test
  void run_minutes_endsWhenTheClockSaysSo() throws Exception {
    Path folder = temp.resolve("run");
    Heard heard = run(folder, TrainingBudget.ofTime(Duration.ofMillis(30)), 100);

    int steps = heard.progress.size();
    assertThat(steps).isBetween(3, 15);
    assertThat(heard.progress.get(0).spent()).isLessThan(0.5);
    assertThat(heard.progress.get(steps - 1).spent()).isBetween(0.8, 1.2);
    // A run that goes on counts from here.
    assertThat(heard.reports.get(0).trained()).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    assertThat(folder.resolve(String.format("step-%09d", steps)).resolve("state.properties"))
        .content()
        .contains("trainedMillis=3");
  }

  @Test
  void export_best_isTheCheckpointWithTheHighestScore() throws Exception {
    Path folder = temp.resolve("run");
    Heard heard = new Heard();
    Trainer trainer = TinyTraining.trainer(folder);
    trainer.run(TrainingBudget.ofSteps(5), 1, heard, () -> false);
    TrainingReport best = heard.reports.get(0);
    for (TrainingReport report : heard.reports) {
      best = report.score() >= best.score() ? report : best;
    }

    long exported = trainer.export(Choice.BEST, "pk", folder.resolve("pk"), heard::noted);

    assertThat(exported).isEqualTo(best.step());
    assertThat(names(folder).stream().filter(name -> name.startsWith("step-")).toList())
        .hasSizeBetween(2, 3)
        .contains("step-000000004", "step-000000005", String.format("step-%09d", best.step()));
  }

  @Test
  void run_newestCheckpointCutOff_goesOnFromTheOneBeforeAndSaysSo() throws Exception {
    Path folder = temp.resolve("run");
    Heard first = run(folder, TrainingBudget.ofSteps(4), 2);
    Path weights = folder.resolve("step-000000004/weights.data-00000-of-00001");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length - 100));

    Heard second = run(folder, TrainingBudget.ofSteps(4), 2);

    assertThat(second.notes.get(0)).contains("step-000000004 is damaged", "cut off or changed");
    assertThat(second.notes.get(1)).contains("Going on from", "step-000000002 (step 2)");
    assertThat(second.losses.get(3L)).isEqualTo(first.losses.get(3L));
    assertThat(second.losses.get(4L)).isEqualTo(first.losses.get(4L));
    assertThat(names(folder)).noneMatch(name -> name.startsWith("damaged-"));
  }

  @Test
  void run_otherNetworksOrSettings_refusedByName() throws Exception {
    Path folder = temp.resolve("run");
    run(folder, TrainingBudget.ofSteps(1), 1);

    Trainer wider =
        TinyTraining.trainer(
            new NetworkConfig(0.05, 0.05, 0, 8, 2),
            TinyTraining.config(),
            folder,
            new TickingClock());
    Trainer slower =
        TinyTraining.trainer(
            TinyTraining.NETWORK, TinyTraining.config(1e-3), folder, new TickingClock());

    assertThatThrownBy(() -> wider.run(TrainingBudget.ofSteps(2), 1, new Heard(), () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("step-000000001")
        .hasMessageContaining("network.encoderWidth is 0.03 there and 0.05 here");
    assertThatThrownBy(() -> slower.run(TrainingBudget.ofSteps(2), 1, new Heard(), () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training.learningRate is 0.003 there and 0.001 here");
  }

  @Test
  void beginWith_runOfOtherLosses_beginsWithItsWeightsAtStepOne() throws Exception {
    Path earlier = temp.resolve("earlier");
    Heard before = run(earlier, TrainingBudget.ofSteps(12), 100);
    Path folder = temp.resolve("run");
    Trainer trainer =
        TinyTraining.trainer(
            TinyTraining.NETWORK, TinyTraining.config(1e-3), folder, new TickingClock());
    trainer.beginWith(earlier);
    Heard heard = new Heard();

    Outcome outcome = trainer.run(TrainingBudget.ofSteps(2), 1, heard, () -> false);

    assertThat(outcome.checkpoint()).isEqualTo(folder.resolve("step-000000002"));
    assertThat(heard.notes)
        .containsExactly(
            "Beginning with the weights of " + earlier.resolve("step-000000012") + " (step 12).");
    // The same batch as the earlier run's first: what differs are the weights.
    assertThat(emotionAtOne(heard)).isLessThan(emotionAtOne(before));
    // A run that has begun goes on from its own.
    Heard rest = new Heard();
    trainer.run(TrainingBudget.ofSteps(3), 1, rest, () -> false);
    assertThat(rest.notes).singleElement().asString().startsWith("Going on from the checkpoint ");
  }

  @Test
  void beginWith_nothingThereOrOtherNetworks_refusedByName() throws Exception {
    Trainer lost = TinyTraining.trainer(temp.resolve("run"));
    lost.beginWith(temp.resolve("nowhere"));
    assertThatThrownBy(() -> lost.run(TrainingBudget.ofSteps(2), 1, new Heard(), () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("there is no checkpoint in " + temp.resolve("nowhere"));

    run(temp.resolve("earlier"), TrainingBudget.ofSteps(1), 1);
    Trainer wider =
        TinyTraining.trainer(
            new NetworkConfig(0.05, 0.05, 0, 8, 2),
            TinyTraining.config(),
            temp.resolve("wider"),
            new TickingClock());
    wider.beginWith(temp.resolve("earlier"));
    assertThatThrownBy(() -> wider.run(TrainingBudget.ofSteps(2), 1, new Heard(), () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("network.encoderWidth is 0.03 there and 0.05 here");
  }

  @Test
  void run_lossNotFinite_endsAndNamesTheLastGoodCheckpoint() throws Exception {
    Path folder = temp.resolve("run");
    Trainer wild =
        TinyTraining.trainer(
            TinyTraining.NETWORK, TinyTraining.config(1e30), folder, new TickingClock());

    assertThatThrownBy(() -> wild.run(TrainingBudget.ofSteps(20), 1, new Heard(), () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("(the loss|a weight of) .* is (NaN|-?Infinity) at step .*")
        .hasMessageContaining("cannot go on; the")
        .hasMessageContaining("checkpoint");
  }

  @Test
  void run_metricsCannotBeWritten_endsAndNamesTheCheckpointThatIsSafe() throws Exception {
    Path folder = temp.resolve("run");
    Files.createDirectories(folder.resolve("metrics.csv/in-the-way"));

    assertThatThrownBy(() -> run(folder, TrainingBudget.ofSteps(1), 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("metrics of step 1 cannot be written to " + folder)
        .hasMessageContaining("the last good checkpoint is " + folder.resolve("step-000000001"));
  }

  @Test
  void run_withoutFaces_isRefusedAtOnce() {
    Trainer trainer =
        new Trainer(
            TinyTraining.NETWORK,
            TinyTraining.config(),
            Device.CPU,
            Optional.empty(),
            temp,
            new TickingClock());

    assertThatThrownBy(() -> trainer.run(TrainingBudget.ofSteps(1), 1, new Heard(), () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no faces to train on");
  }

  @Test
  void add_weightOfZero_isRefusedByName() {
    Trainer trainer = TinyTraining.trainer(temp);

    assertThatThrownBy(() -> trainer.add(TinyTraining.brightIsPleased(), 0, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight of bright is 0.0");
  }

  private static Heard run(Path folder, TrainingBudget budget, long reportEvery)
      throws InterruptedException {
    Heard heard = new Heard();
    TinyTraining.trainer(folder).run(budget, reportEvery, heard, () -> false);
    return heard;
  }

  private static float emotionAtOne(Heard heard) {
    return heard.losses.getOrDefault(1L, Map.of()).getOrDefault("emotion", Float.NaN);
  }

  private static List<String> names(Path folder) throws IOException {
    try (var children = Files.list(folder)) {
      return children.map(child -> String.valueOf(child.getFileName())).toList();
    }
  }
}
