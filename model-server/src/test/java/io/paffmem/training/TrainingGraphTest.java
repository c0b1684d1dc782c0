package io.paffmem.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.prior.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingGraphTest {
  @TempDir private Path temp;

  @Test
  void step_brightIsPleased_emotionIsLearnt() {
    List<Batch.Weighted> sets = List.of(new Batch.Weighted(TinyTraining.brightIsPleased(), 1));
    Random random = new Random(TinyTraining.SEED);
    try (TrainingGraph graph = graph()) {
      graph.initialize();
      float begin = 0;
      float end = 0;
      for (int step = 1; step <= 120; step++) {
        Losses losses = graph.step(batch(sets, random), 3e-3, step);
        assertThat(losses.isFinite()).as("%s at step %d", losses, step).isTrue();
        begin += step <= 10 ? losses.emotion() / 10 : 0;
        end += step > 110 ? losses.emotion() / 10 : 0;
      }

      assertThat(end).as("seed %d, began at %f", TinyTraining.SEED, begin).isLessThan(begin / 4);
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
    List<Batch.Weighted> sets = List.of(new Batch.Weighted(TinyTraining.brightIsPleased(), 1));
    List<Batch> batches = new ArrayList<>();
    Random random = new Random(TinyTraining.SEED);
    for (int i = 0; i < 3; i++) {
      batches.add(batch(sets, random));
    }
    Files.createDirectories(temp.resolve("saved"));
    Losses expected;
    try (TrainingGraph graph = graph()) {
      graph.initialize();
      graph.step(batches.get(0), 1e-3, 1);
      graph.save(temp.resolve("saved/weights"));
      graph.step(batches.get(1), 1e-3, 2);
      expected = graph.step(batches.get(2), 1e-3, 3);
    }

    try (TrainingGraph graph = graph()) {
      graph.restore(temp.resolve("saved/weights"));
      graph.step(batches.get(1), 1e-3, 2);
      Losses again = graph.step(batches.get(2), 1e-3, 3);

      // The optimiser's state came back too: without it the second step would differ at once.
      assertThat(again.emotion()).isCloseTo(expected.emotion(), withinPartOf(expected.emotion()));
      assertThat(again.reconstruction())
          .isCloseTo(expected.reconstruction(), withinPartOf(expected.reconstruction()));
    }
  }

  private static Batch batch(List<Batch.Weighted> sets, Random random) {
    return Batch.draw(sets, TinyTraining.config(), TinyTraining.NETWORK.latentSize(), random);
  }

  private static TrainingGraph graph() {
    return new TrainingGraph(TinyTraining.NETWORK, TinyTraining.config(), Device.CPU);
  }

  private static Offset<Float> withinPartOf(float value) {
    return Offset.offset(1e-3f * value);
  }
}
