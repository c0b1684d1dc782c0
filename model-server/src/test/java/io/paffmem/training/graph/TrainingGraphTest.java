package io.paffmem.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.training.TinyTraining;
import io.paffmem.training.config.Loss;
import io.paffmem.training.config.LossWeights;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.config.TrainingException;
import io.paffmem.training.faces.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    LossWeights emotionAlone = new LossWeights(Map.of(Loss.EMOTION, 1.0));
    try (TrainingGraph graph = graph(TinyTraining.config().with(emotionAlone))) {
      graph.initialize();
      float begin = 0;
      float end = 0;
      for (int step = 1; step <= 80; step++) {
        Map<String, Float> losses = graph.step(batch(sets, random), 3e-3, step);
        assertThat(losses.values())
            .as("%s at step %d", losses, step)
            .allSatisfy(value -> assertThat(value).isFinite());
        begin += step <= 10 ? of(losses, "emotion") / 10 : 0;
        end += step > 70 ? of(losses, "emotion") / 10 : 0;
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
  void step_encoderAloneWithBlocks_lossesFallAndTheGeneratorStaysAsItBegan() {
    List<Batch.Weighted> sets = List.of(new Batch.Weighted(TinyTraining.brightIsPleased(), 1));
    NetworkConfig deep = new NetworkConfig(0.03, 0.03, 1, 8, 2);
    TrainingConfig alone = TinyTraining.config().encoderAlone();
    Random random = new Random(TinyTraining.SEED);
    try (TrainingGraph graph = new TrainingGraph(deep, alone, Device.CPU, Optional.empty())) {
      graph.initialize();
      graph.step(batch(sets, alone, random), 3e-3, 1);
      float[] generator = weights(graph, "generator_project_weights");
      float begin = 0;
      float end = 0;
      for (int step = 1; step <= 60; step++) {
        Map<String, Float> losses = graph.step(batch(sets, alone, random), 3e-3, step);
        begin += step <= 10 ? of(losses, "emotion") / 10 : 0;
        end += step > 50 ? of(losses, "emotion") / 10 : 0;
      }

      assertThat(end).as("seed %d, began at %f", TinyTraining.SEED, begin).isLessThan(begin / 2);
      assertThat(weights(graph, "generator_project_weights")).isEqualTo(generator);
    }
  }

  @Test
  void step_generatorAlone_moveNothingOfTheEncoderThatWasAdopted() {
    List<Batch.Weighted> sets = List.of(new Batch.Weighted(TinyTraining.inScenes(), 1));
    TrainingConfig alone = TinyTraining.config().generatorAlone();
    Random random = new Random(TinyTraining.SEED);
    Map<String, Weights> adopted = new HashMap<>();
    float[] kernel = new float[5 * 5 * 2];
    Arrays.fill(kernel, 0.25f);
    adopted.put("encoder_conv1_kernel", new Weights(new int[] {5, 5, 1, 2}, kernel));
    try (TrainingGraph graph =
        new TrainingGraph(TinyTraining.NETWORK, alone, Device.CPU, Optional.empty())) {
      graph.initialize();
      graph.adopt(adopted);
      float[] project = weights(graph, "generator_project_weights");
      for (int step = 1; step <= 3; step++) {
        graph.step(batch(sets, alone, random), 3e-3, step);
      }

      assertThat(weights(graph, "encoder_conv1_kernel")).containsOnly(0.25f);
      assertThat(weights(graph, "generator_project_weights")).isNotEqualTo(project);
    }
  }

  @Test
  void adopt_otherShapes_isRefusedByName() {
    try (TrainingGraph graph = graph()) {
      graph.initialize();

      assertThatThrownBy(
              () ->
                  graph.adopt(
                      Map.of("encoder_conv1_bias", new Weights(new int[] {7}, new float[7]))))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("encoder_conv1_bias is [7] in that PK and [2] here");
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
    Map<String, Float> expected;
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
      Map<String, Float> again = graph.step(batches.get(2), 1e-3, 3);

      // The optimiser's state came back too: without it the second step would differ at once.
      assertThat(again).containsOnlyKeys(expected.keySet());
      again.forEach(
          (loss, value) ->
              assertThat(value)
                  .as(loss)
                  .isCloseTo(of(expected, loss), withinPartOf(of(expected, loss))));
    }
  }

  @Test
  void step_knownScenes_everyLossIsThereAndEditsAreLearnt() {
    List<Batch.Weighted> sets = List.of(new Batch.Weighted(TinyTraining.inScenes(), 1));
    Random random = new Random(TinyTraining.SEED);
    try (TrainingGraph graph = graph()) {
      graph.initialize();
      Map<String, Float> first = graph.step(batch(sets, random), 3e-3, 1);
      Map<String, Float> last = first;
      for (int step = 2; step <= 150; step++) {
        last = graph.step(batch(sets, random), 3e-3, step);
      }

      for (Loss loss : Loss.values()) {
        assertThat(first.containsKey(loss.label()))
            .as(loss.label())
            .isEqualTo(LossWeights.standard().of(loss) > 0);
      }
      assertThat(first).containsKeys("prior-discriminator", "real-discriminator");
      assertThat(of(last, "known-edit")).isLessThan(of(first, "known-edit") / 2);
    }
  }

  @Test
  void new_fewLosses_othersAndTheirDiscriminatorsAreLeftOut() {
    LossWeights few = new LossWeights(Map.of(Loss.RECONSTRUCTION, 1.0));
    List<Batch.Weighted> sets = List.of(new Batch.Weighted(TinyTraining.brightIsPleased(), 1));
    try (TrainingGraph graph =
        new TrainingGraph(
            TinyTraining.NETWORK, TinyTraining.config().with(few), Device.CPU, Optional.empty())) {
      graph.initialize();
      Map<String, float[]> before = graph.weights();

      assertThat(graph.step(batch(sets, new Random(1)), 1e-3, 1))
          .containsOnlyKeys("reconstruction");

      // The first average is the weights themselves; D_em had nothing to learn from.
      assertThat(before).containsKey("emotion_hidden_weights");
      assertThat(graph.weights()).containsOnlyKeys(before.keySet());
    }
  }

  @Test
  void new_identityLossWithoutNetwork_isRefused() {
    TrainingConfig config =
        TinyTraining.config().with(LossWeights.standard().with(Loss.IDENTITY, 0.3));

    assertThatThrownBy(
            () ->
                new TrainingGraph(TinyTraining.NETWORK, config, Device.CPU, Optional.empty())
                    .close())
        .hasMessageContaining("no identity network");
  }

  private static float of(Map<String, Float> losses, String name) {
    return losses.getOrDefault(name, Float.NaN);
  }

  private static float[] weights(TrainingGraph graph, String name) {
    return Objects.requireNonNull(graph.weights().get(name), name);
  }

  private static Batch batch(List<Batch.Weighted> sets, Random random) {
    return batch(sets, TinyTraining.config(), random);
  }

  private static Batch batch(List<Batch.Weighted> sets, TrainingConfig config, Random random) {
    return Batch.draw(sets, config, TinyTraining.NETWORK.latentSize(), random);
  }

  private static TrainingGraph graph() {
    return graph(TinyTraining.config());
  }

  private static TrainingGraph graph(TrainingConfig config) {
    return new TrainingGraph(TinyTraining.NETWORK, config, Device.CPU, Optional.empty());
  }

  private static Offset<Float> withinPartOf(float value) {
    return Offset.offset(1e-6f + 1e-3f * Math.abs(value));
  }
}
