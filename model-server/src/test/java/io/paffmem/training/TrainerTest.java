package io.paffmem.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.Device;
import io.paffmem.prior.SavedModelPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final NetworkConfig TINY = new NetworkConfig(0.03, 8, 2);
  private static final long SEED = 11;

  @TempDir private Path temp;

  @Test
  void run_tinyFaces_trainsReportsExportsAndGoesOn() throws Exception {
    Path run = temp.resolve("run");
    List<Trainer.Report> reports = new ArrayList<>();
    // The clock decides how many steps fit; the run ends with a report whatever their number.
    Trainer first = trainer(run);
    Trainer.Report end =
        first.run(Duration.ofMillis(700), 20, "pk-a", run.resolve("pk-a"), reports::add);

    assertThat(reports).last().isEqualTo(end);
    assertThat(reports).allMatch(report -> report.losses().isFinite());
    assertThat(end.ccc()).containsOnlyKeys("bright");
    assertThat(Files.readAllLines(run.resolve("metrics.csv")))
        .hasSize(1 + reports.size())
        .first()
        .asString()
        .startsWith("step,seconds,reconstruction")
        .endsWith(",ccc_arousal_bright,ccc_valence_bright");
    assertThat(run.resolve(String.format("edited-bright-%06d.png", end.step()))).isNotEmptyFile();
    assertThat(Checkpoints.state(new Checkpoints(run).newest().orElseThrow()).step())
        .isEqualTo(end.step());

    // A longer budget in the same folder: more of the same run.
    reports.clear();
    Trainer.Report later =
        trainer(run)
            .run(end.trained().plusMillis(300), 20, "pk-b", run.resolve("pk-b"), reports::add);

    assertThat(reports).allMatch(report -> report.step() > end.step());
    assertThat(later.trained()).isGreaterThan(end.trained());
    try (SavedModelPrior a = SavedModelPrior.load(run.resolve("pk-a"), Device.CPU);
        SavedModelPrior b = SavedModelPrior.load(run.resolve("pk-b"), Device.CPU)) {
      assertThat(a.modelVersion()).startsWith("pk-a-");
      assertThat(a.latentSize()).isEqualTo(8);
      byte[] face = new byte[96 * 96 * 3];
      assertThat(b.encode(face, 1).z()).hasSize(8).isNotEqualTo(a.encode(face, 1).z());
    }
  }

  @Test
  void run_withoutFaces_isRefusedAtOnce() {
    Trainer trainer = new Trainer(TINY, config(), temp);

    assertThatThrownBy(
            () -> trainer.run(Duration.ofSeconds(1), 1, "pk", temp.resolve("pk"), any -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no faces to train on");
  }

  @Test
  void add_weightOfZero_isRefusedByName() {
    Trainer trainer = new Trainer(TINY, config(), temp);

    assertThatThrownBy(() -> trainer.add(brightIsPleased(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight of bright is 0.0");
  }

  @Test
  void step_brightIsPleased_emotionIsLearnt() {
    List<Batch.Weighted> sets = List.of(new Batch.Weighted(brightIsPleased(), 1));
    Random random = new Random(SEED);
    try (TrainingGraph graph = new TrainingGraph(TINY, config())) {
      graph.initialize();
      float begin = 0;
      float end = 0;
      for (int step = 1; step <= 120; step++) {
        Batch batch = Batch.draw(sets, config(), TINY.latentSize(), random);
        Losses losses = graph.step(batch, 3e-3, step);
        assertThat(losses.isFinite()).as("%s at step %d", losses, step).isTrue();
        begin += step <= 10 ? losses.emotion() / 10 : 0;
        end += step > 110 ? losses.emotion() / 10 : 0;
      }

      assertThat(end).as("seed %d, began at %f", SEED, begin).isLessThan(begin / 4);
      byte[] darkAndBright = new byte[2 * 96 * 96];
      Arrays.fill(darkAndBright, 0, 96 * 96, (byte) 60);
      Arrays.fill(darkAndBright, 96 * 96, 2 * 96 * 96, (byte) 200);
      float[] affect = graph.predict(darkAndBright, 2);
      assertThat(affect[3]).isGreaterThan(0.3f);
      assertThat(affect[1]).isLessThan(-0.3f);
    }
  }

  @Test
  void restore_savedGraph_goesOnExactlyWhereItWas() throws IOException {
    List<Batch.Weighted> sets = List.of(new Batch.Weighted(brightIsPleased(), 1));
    List<Batch> batches = new ArrayList<>();
    Random random = new Random(SEED);
    for (int i = 0; i < 3; i++) {
      batches.add(Batch.draw(sets, config(), TINY.latentSize(), random));
    }
    Files.createDirectories(temp.resolve("saved"));
    Losses expected;
    try (TrainingGraph graph = new TrainingGraph(TINY, config())) {
      graph.initialize();
      graph.step(batches.get(0), 1e-3, 1);
      graph.save(temp.resolve("saved/weights"));
      graph.step(batches.get(1), 1e-3, 2);
      expected = graph.step(batches.get(2), 1e-3, 3);
    }

    try (TrainingGraph graph = new TrainingGraph(TINY, config())) {
      graph.restore(temp.resolve("saved/weights"));
      graph.step(batches.get(1), 1e-3, 2);
      Losses again = graph.step(batches.get(2), 1e-3, 3);

      // The optimiser's state came back too: without it the second step would differ at once.
      assertThat(again.emotion()).isCloseTo(expected.emotion(), withinPartOf(expected.emotion()));
      assertThat(again.reconstruction())
          .isCloseTo(expected.reconstruction(), withinPartOf(expected.reconstruction()));
    }
  }

  private static Offset<Float> withinPartOf(float value) {
    return Offset.offset(1e-3f * value);
  }

  private static Trainer trainer(Path folder) {
    Trainer trainer = new Trainer(TINY, config(), folder);
    trainer.add(brightIsPleased(), 1);
    return trainer;
  }

  private static TrainingConfig config() {
    return new TrainingConfig(4, 3e-3, 0.6, 1, 1, 0.3, 0.01, 0.01, 0.01, 0.05, 0.3, SEED);
  }

  /**
   * Bright faces are pleased and excited, dark ones are neither; a dozen people, four faces each.
   */
  private static FaceSet brightIsPleased() {
    Random random = new Random(SEED);
    List<LabelledFace> faces = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      boolean bright = i % 2 == 0;
      byte[] grey = new byte[32 * 32];
      for (int k = 0; k < grey.length; k++) {
        grey[k] = (byte) ((bright ? 190 : 50) + random.nextInt(20));
      }
      float label = bright ? 0.7f : -0.7f;
      faces.add(new LabelledFace(grey, 32, label / 2, label, "person-" + i / 4));
    }
    return new FaceSet("bright", faces);
  }
}
