package io.paffmem.dashboard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.query.PersonMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MemoryMapsTest {
  private final Random random = new Random(3);
  private final MemoryMaps maps = new MemoryMaps();

  @Test
  void view_firstTime_valenceGrowsRightwards_arousalUpwards() {
    List<PersonMemory.Neuron> neurons = new ArrayList<>();
    for (int id = 0; id < 30; id++) {
      float arousal = random.nextFloat() - 0.5f;
      float valence = 2 * random.nextFloat() - 1;
      // The weights say the opposite of both.
      neurons.add(neuron(id, arousal, valence, -2 * valence, -arousal, 0.01f * id));
    }

    MemoryView view = maps.view(memory(0, neurons));

    double rightwards = 0;
    double upwards = 0;
    for (MemoryView.Neuron neuron : view.neurons()) {
      rightwards += neuron.x() * neuron.valence();
      upwards += neuron.y() * neuron.arousal();
    }
    assertThat(rightwards).isPositive();
    assertThat(upwards).isPositive();
    assertThat(view.projection().first()).isGreaterThan(view.projection().second());
  }

  @Test
  void view_sameMemoryAgain_isTheSame() {
    PersonMemory memory = memory(0, neurons(0, 40));

    MemoryView first = maps.view(memory);
    MemoryView second = maps.view(memory);

    assertNear(first, second, 1e-6);
    assertThat(second.projection().first()).isCloseTo(first.projection().first(), within(1e-9));
  }

  @Test
  void view_memoryThatLearns_neuronsStayNearToWhereTheyWere() {
    // Nearly round: components of such a cloud change places with every step.
    List<PersonMemory.Neuron> neurons = neurons(0, 60);
    MemoryView before = maps.view(memory(0, neurons));
    for (int step = 0; step < 40; step++) {
      List<PersonMemory.Neuron> moved = new ArrayList<>();
      for (PersonMemory.Neuron neuron : neurons) {
        float[] weights = neuron.weights().clone();
        for (int d = 0; d < weights.length; d++) {
          weights[d] += 0.005f * (float) random.nextGaussian();
        }
        moved.add(neuron(neuron.id(), neuron.arousal(), neuron.valence(), weights));
      }
      moved.remove(step % moved.size());
      moved.addAll(neurons(100 + step, 1));
      neurons = moved;

      MemoryView after = maps.view(memory(0, neurons));

      assertNear(before, after, 0.25);
      before = after;
    }
  }

  @Test
  void view_otherGeneration_beginsAnew() {
    List<PersonMemory.Neuron> neurons = neurons(0, 20);
    MemoryView alone = new MemoryMaps().view(memory(1, neurons));
    List<PersonMemory.Neuron> turned = new ArrayList<>();
    for (PersonMemory.Neuron neuron : neurons) {
      float[] w = neuron.weights();
      turned.add(neuron(neuron.id(), neuron.arousal(), neuron.valence(), w[2], -w[0], w[1]));
    }

    maps.view(memory(0, turned));
    assertNear(maps.view(memory(1, neurons)), alone, 1e-6);

    maps.view(memory(2, turned));
    maps.forget("ann");
    assertNear(maps.view(memory(2, neurons)), alone, 1e-6);
  }

  @Test
  void view_nothingLearntYet_isAnEmptyMap() {
    MemoryView view = maps.view(memory(0, List.of()));

    assertThat(view.neurons()).isEmpty();
    assertThat(view.projection()).isEqualTo(new MemoryView.Projection(0, 0));
    assertThat(maps.view(memory(0, neurons(0, 3))).neurons()).hasSize(3);
  }

  private static void assertNear(MemoryView one, MemoryView other, double distance) {
    for (MemoryView.Neuron neuron : one.neurons()) {
      other.neurons().stream()
          .filter(it -> it.id() == neuron.id())
          .forEach(
              it ->
                  assertThat(Math.hypot(it.x() - neuron.x(), it.y() - neuron.y()))
                      .isLessThanOrEqualTo(distance));
    }
  }

  private static PersonMemory memory(int generation, List<PersonMemory.Neuron> neurons) {
    return new PersonMemory(
        "ann", generation, "pk-1", 25, 25, 9, 0, 512, neurons, List.of(), List.of());
  }

  private List<PersonMemory.Neuron> neurons(int firstId, int count) {
    List<PersonMemory.Neuron> neurons = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      neurons.add(
          neuron(
              firstId + i,
              2 * random.nextFloat() - 1,
              2 * random.nextFloat() - 1,
              (float) random.nextGaussian(),
              (float) random.nextGaussian(),
              0.1f * (float) random.nextGaussian()));
    }
    return neurons;
  }

  private static PersonMemory.Neuron neuron(
      int id, float arousal, float valence, float... weights) {
    return new PersonMemory.Neuron(id, arousal, valence, 0.5f, weights);
  }
}
