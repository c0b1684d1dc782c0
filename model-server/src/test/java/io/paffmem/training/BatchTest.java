package io.paffmem.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.training.Batch.Weighted;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final int LATENT = 8;
  private static final int PIXELS = 96 * 96;

  @Test
  void draw_twoSets_shareEveryBatchByWeight() {
    List<Weighted> sets =
        List.of(
            new Weighted(photographs("a", 200, -0.5f), 1),
            new Weighted(photographs("b", 40, 0.5f), 0.5));
    Random random = new Random(1);
    for (int draw = 0; draw < 10; draw++) {
      Batch batch = Batch.draw(sets, config(30), LATENT, random);

      int fromFirst = 0;
      for (int i = 0; i < batch.faces(); i++) {
        fromFirst += batch.affect()[2 * i] < 0 ? 1 : 0;
      }
      assertThat(batch.faces()).isEqualTo(30);
      assertThat(fromFirst).isEqualTo(20);
    }
  }

  @Test
  void draw_arrays_haveTheirShapesAndRanges() {
    Batch batch =
        Batch.draw(
            List.of(new Weighted(photographs("a", 200, 0.9f), 1)),
            config(7),
            LATENT,
            new Random(2));

    assertThat(batch.grey()).hasSize(7 * PIXELS).isNotEqualTo(new byte[7 * PIXELS]);
    assertThat(batch.edited()).hasSize(7 * PIXELS);
    assertThat(batch.affect()).hasSize(14);
    assertThat(batch.edit()).hasSize(14);
    assertThat(batch.latent()).hasSize(7 * LATENT).isNotEqualTo(new float[7 * LATENT]);
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
            List.of(
                new Weighted(photographs("a", 200, -0.5f), 1),
                new Weighted(photographs("b", 200, 0.5f), 1)),
            config(40),
            LATENT,
            new Random(3));

    assertThat(batch.editKnown()).containsOnly(0);
    for (int i = 0; i < batch.faces(); i++) {
      // Six standard deviations of the jitter of 0.05.
      assertThat(Math.abs(batch.edit()[2 * i] - batch.affect()[2 * i])).isLessThan(0.3f);
      assertThat(batch.edit()[2 * i]).isNotEqualTo(batch.affect()[2 * i]);
    }
  }

  @Test
  void draw_knownEdits_aimAtTheTrueFaceAndItsLabel() {
    LabelledFace edited = new LabelledFace(level(200), 4, 0.75f, -0.25f, "p");
    FaceSet set =
        new FaceSet("synthetic", List.of(new LabelledFace(level(50), 4, 0, 0, "p", edited)));

    Batch batch = Batch.draw(List.of(new Weighted(set, 1)), config(6), LATENT, new Random(4));

    assertThat(batch.editKnown()).containsOnly(1);
    for (int i = 0; i < batch.faces(); i++) {
      assertThat(batch.edit()[2 * i]).isEqualTo(0.75f);
      assertThat(batch.edit()[2 * i + 1]).isEqualTo(-0.25f);
      assertThat(batch.edited()[i * PIXELS] & 0xFF).isGreaterThan(batch.grey()[i * PIXELS] & 0xFF);
    }
  }

  private static TrainingConfig config(int batch) {
    return new TrainingConfig(batch, 5e-4, 0.6, 1, 1, 0.3, 0.01, 0.01, 0.01, 0.05, 0.15, 1);
  }

  private static FaceSet photographs(String name, int level, float label) {
    return new FaceSet(name, List.of(new LabelledFace(level(level), 4, label, label, name)));
  }

  private static byte[] level(int level) {
    byte[] grey = new byte[16];
    Arrays.fill(grey, (byte) level);
    return grey;
  }
}
