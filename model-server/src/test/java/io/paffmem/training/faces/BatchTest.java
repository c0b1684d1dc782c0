package io.paffmem.training.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.training.TinyTraining;
import io.paffmem.training.config.LossWeights;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.faces.Batch.Weighted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final int LATENT = 8;
  private static final int PIXELS = 96 * 96;

  @Test
  void draw_twoSets_shareBothPartsOfEveryBatchByWeight() {
    List<Weighted> sets =
        List.of(new Weighted(strangers("a", -0.5f), 1), new Weighted(strangers("b", 0.5f), 0.5));
    Random random = new Random(1);
    for (int draw = 0; draw < 10; draw++) {
      Batch batch = Batch.draw(sets, config(36, 12), LATENT, random);

      assertThat(batch.faces()).isEqualTo(36);
      assertThat(below(batch, 0, 12)).isEqualTo(8);
      assertThat(below(batch, 12, 36)).isEqualTo(16);
    }
  }

  @Test
  void draw_arrays_haveTheirShapesAndRanges() {
    Batch batch =
        Batch.draw(
            List.of(new Weighted(strangers("a", 0.9f), 1)), config(8, 4), LATENT, new Random(2));

    assertThat(batch.grey()).hasSize(8 * PIXELS).isNotEqualTo(new byte[8 * PIXELS]);
    assertThat(batch.affect()).hasSize(16);
    assertThat(batch.edit()).hasSize(16);
    assertThat(batch.latent()).hasSize(8 * LATENT).isNotEqualTo(new float[8 * LATENT]);
    for (float value : batch.edit()) {
      assertThat(value).isBetween(-1f, 1f);
    }
    for (float value : batch.latent()) {
      assertThat(value).isBetween(-1f, 1f);
    }
  }

  @Test
  void draw_photographs_areEditedNearLabelsOfTheSameSetAndUnknown() {
    Batch batch =
        Batch.draw(
            List.of(new Weighted(strangers("a", -0.5f), 1), new Weighted(strangers("b", 0.5f), 1)),
            config(40, 20),
            LATENT,
            new Random(3));

    assertThat(batch.truthKnown()).containsOnly(0);
    for (int i = 0; i < batch.faces(); i++) {
      assertThat(batch.truth()[i]).isEqualTo(i);
      assertThat(batch.origin()[i]).isZero();
      // Six standard deviations of the jitter of 0.05.
      assertThat(Math.abs(batch.edit()[2 * i] - batch.affect()[2 * i])).isLessThan(0.3f);
      assertThat(batch.edit()[2 * i]).isNotEqualTo(batch.affect()[2 * i]);
    }
  }

  @Test
  void draw_personWithThreePhotographs_groupIsTheFaceItselfAgainAndTheOthers() {
    FaceSet album =
        new FaceSet(
            "album",
            List.of(
                new LabelledFace(level(20), 4, 0, 0, "p"),
                new LabelledFace(level(120), 4, 0.5f, 0.5f, "p"),
                new LabelledFace(level(220), 4, -0.5f, -0.5f, "p")));
    for (int seed = 0; seed < 20; seed++) {
      Batch batch =
          Batch.draw(List.of(new Weighted(album, 1)), config(4, 4), LATENT, new Random(seed));

      assertThat(batch.person()).as("seed %d", seed).containsOnly(0);
      assertThat(batch.picture()).containsExactly(0, 0, 2, 3);
      assertThat(batch.affect()[2]).isEqualTo(batch.affect()[0]);
      assertThat(List.of(batch.affect()[0], batch.affect()[4], batch.affect()[6]))
          .containsExactlyInAnyOrder(0f, 0.5f, -0.5f);
    }
  }

  @Test
  void draw_strangers_areNobodysPair() {
    Batch batch =
        Batch.draw(
            List.of(new Weighted(strangers("a", 0.1f), 1)), config(8, 8), LATENT, new Random(6));

    // Only a face that is there twice is of the same person.
    assertThat(batch.person()).containsExactly(0, 0, 2, 3, 4, 4, 6, 7);
    assertThat(batch.picture()).containsExactly(0, 0, 2, 3, 4, 4, 6, 7);
  }

  @Test
  void draw_scenesThatGSees_pairsAreEachOthersTruth() {
    Batch batch =
        Batch.draw(
            List.of(new Weighted(TinyTraining.inScenes(), 1)), config(8, 4), LATENT, new Random(4));

    assertThat(Arrays.copyOf(batch.truth(), 4)).containsExactly(1, 0, 3, 2);
    assertThat(Arrays.copyOf(batch.truthKnown(), 4)).containsOnly(1);
    assertThat(Arrays.copyOfRange(batch.truthKnown(), 4, 8)).containsOnly(0);
    assertThat(batch.origin()).containsOnly(1);
    for (int i = 0; i < 4; i++) {
      int truth = batch.truth()[i];
      assertThat(batch.edit()[2 * i]).isEqualTo(batch.affect()[2 * truth]);
      assertThat(batch.edit()[2 * i + 1]).isEqualTo(batch.affect()[2 * truth + 1]);
      // Its expression comes again, two rows on, in another scene.
      assertThat(batch.affect()[2 * i]).isEqualTo(batch.affect()[2 * ((i + 2) % 4)]);
    }
  }

  @Test
  void draw_scenesThatAreOnlyRead_oneTwiceThenOtherStateThenOtherScene() {
    Batch batch =
        Batch.draw(
            List.of(new Weighted(TinyTraining.inScenes(), 1)), config(8, 4), LATENT, new Random(6));

    assertThat(batch.person()).containsExactly(0, 0, 0, 0, 4, 4, 4, 4);
    assertThat(Arrays.copyOfRange(batch.picture(), 4, 8)).containsExactly(4, 4, 6, 7);
    assertThat(batch.affect()[2 * 5]).isEqualTo(batch.affect()[2 * 4]);
    assertThat(batch.affect()[2 * 6]).isEqualTo(-batch.affect()[2 * 4]);
    assertThat(batch.affect()[2 * 7]).isEqualTo(batch.affect()[2 * 4]);
  }

  @Test
  void draw_sceneWithoutCounterpart_saysWhatIsMissing() {
    FaceSet lonely =
        new FaceSet(
            "synthetic",
            List.of(new LabelledFace(level(50), 4, 0, 0, "somebody", OptionalInt.of(0))));

    assertThatThrownBy(
            () -> Batch.draw(List.of(new Weighted(lonely, 1)), config(4, 4), LATENT, new Random(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("somebody has no face with the same scene and another label");
  }

  private static TrainingConfig config(int batch, int generated) {
    return new TrainingConfig(
        batch,
        generated,
        false,
        5e-4,
        0.6,
        LossWeights.standard(),
        0.1,
        0.05,
        0,
        0.999,
        0.15,
        0,
        1);
  }

  private static int below(Batch batch, int from, int to) {
    int below = 0;
    for (int i = from; i < to; i++) {
      below += batch.affect()[2 * i] < 0 ? 1 : 0;
    }
    return below;
  }

  private static FaceSet strangers(String name, float label) {
    List<LabelledFace> faces = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      faces.add(new LabelledFace(level(100 + i), 4, label, label, name + i));
    }
    return new FaceSet(name, faces);
  }

  private static byte[] level(int level) {
    byte[] grey = new byte[16];
    Arrays.fill(grey, (byte) level);
    return grey;
  }
}
