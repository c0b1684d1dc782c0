package io.paffmem.training.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.BundledModel;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelIdentity;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.training.TrainingBudget;
import io.paffmem.training.config.TrainingException;
import io.paffmem.training.faces.Augmentation;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityTrainerTest {
  private static final long SEED = 3;
  private static final TrainingBudget STEPS_100 = TrainingBudget.ofSteps(100);
  private static final int SIDE = 24;

  @TempDir private Path temp;

  @Test
  void run_peopleOfClearLooks_tellsUnseenOnesApartAndExports() throws Exception {
    FaceSet faces = people(24, 10);
    IdentityTrainer trainer = new IdentityTrainer(config(), System::nanoTime);
    IdentityTrainer.Known known = trainer.add(split(faces), 1);
    List<IdentityTrainer.Report> reports = new ArrayList<>();

    boolean finished =
        trainer.run(STEPS_100, 40, "tiny", temp.resolve("tiny"), reports::add, () -> false);

    assertThat(finished).isTrue();
    FaceSet.Split split = split(faces);
    IdentityTrainer.Report last = reports.get(reports.size() - 1);
    assertThat(known.people()).isEqualTo(24 - split.validation().faces().size() / 10);
    assertThat(known.faces()).isEqualTo(10 * known.people());
    assertThat(reports).extracting(IdentityTrainer.Report::step).containsExactly(40L, 80L, 100L);
    assertThat(last.loss()).isLessThan(reports.get(0).loss());
    assertThat(last.auc()).containsOnlyKeys("clear");
    assertThat(last.auc().values()).as("seed %d", SEED).allMatch(auc -> auc.orElseThrow() > 0.9);
    try (SavedModelIdentity model = SavedModelIdentity.load(temp.resolve("tiny"), Device.CPU)) {
      LabelledFace unseen = split.validation().faces().get(0);
      byte[] pair = new byte[2 * 96 * 96 * 3];
      byte[] plain = new byte[96 * 96];
      Augmentation.plain(unseen, 96, plain, 0);
      for (int i = 0; i < plain.length; i++) {
        for (int channel = 0; channel < 3; channel++) {
          pair[3 * i + channel] = plain[i];
        }
      }
      float[] embeddings = model.embed(pair, 2);

      assertThat(model.size()).isEqualTo(64);
      assertThat(embeddings).hasSize(128);
      assertThat(length(embeddings, 0)).isCloseTo(1, within(1e-4));
      assertThat(length(embeddings, 64)).isCloseTo(1, within(1e-4));
      // The second face is black.
      assertThat(embeddings[0]).isNotEqualTo(embeddings[64]);
    }
  }

  @Test
  void run_sameSeed_sameLosses() throws Exception {
    List<Double> losses = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      IdentityTrainer trainer = new IdentityTrainer(config(), System::nanoTime);
      trainer.add(split(people(8, 4)), 1);
      Path export = temp.resolve("run-" + run);
      trainer.run(
          TrainingBudget.ofSteps(3),
          100,
          "tiny",
          export,
          report -> losses.add(report.loss()),
          () -> false);
    }

    assertThat(losses.get(1)).isCloseTo(losses.get(0), within(1e-4 * losses.get(0)));
  }

  @Test
  void run_askedToStop_exportsNothing() throws Exception {
    IdentityTrainer trainer = new IdentityTrainer(config(), System::nanoTime);
    trainer.add(split(people(8, 4)), 1);
    AtomicInteger asked = new AtomicInteger();

    boolean finished =
        trainer.run(
            STEPS_100,
            1,
            "tiny",
            temp.resolve("tiny"),
            any -> {},
            () -> asked.incrementAndGet() > 2);

    assertThat(finished).isFalse();
    assertThat(asked).hasValue(3);
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void run_nobodyHasFacesEnough_saysHowManyAreNeeded() {
    IdentityTrainer trainer = new IdentityTrainer(config(), System::nanoTime);

    assertThat(trainer.add(split(people(20, 3)), 1)).isEqualTo(new IdentityTrainer.Known(0, 0));
    assertThatThrownBy(
            () -> trainer.run(STEPS_100, 1, "tiny", temp.resolve("tiny"), any -> {}, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("0 people with 4 faces or more");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void add_weightOfZero_isRefusedByName() {
    assertThatThrownBy(
            () -> new IdentityTrainer(config(), System::nanoTime).add(split(people(8, 4)), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight of clear is 0.0");
  }

  @Test
  void config_outOfRange_isRefusedByName() {
    assertThatThrownBy(() -> new IdentityConfig(5, 1e-3, 16, 0.7, 10, 0.15, 1))
        .hasMessage("batch is 5, must be even and at least 4");
    assertThatThrownBy(() -> new IdentityConfig(4, 1e-3, 0, 0.7, 10, 0.15, 1))
        .hasMessage("scale is 0.0, must be above 0");
    assertThatThrownBy(() -> config().withLeastFaces(0))
        .hasMessage("leastFaces is 0, must be at least 1");
  }

  @Test
  void learningRate_overTheRun_fallsToZero() {
    assertThat(config().learningRate(0)).isEqualTo(3e-3);
    assertThat(config().learningRate(0.5)).isCloseTo(1.5e-3, within(1e-9));
    assertThat(config().learningRate(1)).isCloseTo(0, within(1e-9));
  }

  @Test
  void run_beginningWithAnEncoder_takesItsConvolutionsOrSaysThatNoneFits() throws Exception {
    Map<String, Weights> open;
    try (SavedModelPrior prior = BundledModel.OPEN.load(Device.CPU)) {
      open = prior.weights();
    }
    List<Double> losses = new ArrayList<>();
    for (boolean begins : new boolean[] {false, true}) {
      IdentityTrainer trainer = new IdentityTrainer(config(), System::nanoTime);
      trainer.add(split(people(8, 4)), 1);
      if (begins) {
        trainer.beginWith(open);
      }
      trainer.run(
          TrainingBudget.ofSteps(1),
          1,
          "tiny",
          temp.resolve("begins-" + begins),
          report -> losses.add(report.loss()),
          () -> false);
    }
    IdentityTrainer misfit = new IdentityTrainer(config(), System::nanoTime);
    misfit.add(split(people(8, 4)), 1);
    misfit.beginWith(Map.of("encoder_conv1_kernel", new Weights(new int[] {1}, new float[1])));

    assertThat(losses.get(1)).isNotEqualTo(losses.get(0));
    assertThatThrownBy(
            () -> misfit.run(STEPS_100, 1, "tiny", temp.resolve("none"), any -> {}, () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("a quarter of the paper's width");
  }

  private static FaceSet.Split split(FaceSet faces) {
    return faces.split(config().validationShare(), SEED);
  }

  private static IdentityConfig config() {
    return new IdentityConfig(16, 3e-3, 14, 0.9, 4, 0.25, SEED);
  }

  /** Everybody is a pattern of 6 x 6 blocks; their faces differ in noise. */
  private static FaceSet people(int people, int facesEach) {
    Random random = new Random(SEED);
    List<LabelledFace> faces = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      int[] pattern = random.ints(36, 30, 220).toArray();
      for (int i = 0; i < facesEach; i++) {
        byte[] grey = new byte[SIDE * SIDE];
        for (int k = 0; k < grey.length; k++) {
          int block = k / SIDE / 4 * 6 + k % SIDE / 4;
          grey[k] = (byte) (pattern[block] + random.nextInt(30));
        }
        faces.add(new LabelledFace(grey, SIDE, 0, 0, "person-" + person));
      }
    }
    return new FaceSet("clear", faces);
  }

  private static double length(float[] values, int from) {
    double squares = 0;
    for (int i = from; i < from + 64; i++) {
      squares += values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
