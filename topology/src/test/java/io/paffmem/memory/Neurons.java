package io.paffmem.memory;

import java.util.SplittableRandom;

/** Small memories for the tests, in two dimensions unless said. */
final class Neurons {
  private static final int[] NONE = {};

  private Neurons() {}

  /** The settled rules in two dimensions, each seeded pair seen once. */
  static MemoryConfigBuilder rules() {
    return MemoryConfig.standard().toBuilder().dimensions(2).epochs(1).onlineSteps(1);
  }

  static float[] at(float... values) {
    return values;
  }

  static int[] ids(int... ids) {
    return ids;
  }

  /**
   * Neurons on the line (x, 0), all of that habituation, with label (0.1 id, -0.1 id), no edges.
   */
  static MemoryState line(float habituation, float... xs) {
    MemoryLoader loader = new MemoryLoader(2);
    for (int id = 0; id < xs.length; id++) {
      loader.neuron(id, at(xs[id], 0), habituation, 0.1f * id, -0.1f * id, NONE, NONE);
    }
    return loader.load(xs.length).orElseThrow();
  }

  /** n rows of numbers in [-spread, spread]. */
  static float[] random(SplittableRandom random, int rows, int columns, float spread) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = spread * (2 * (float) random.nextDouble() - 1);
    }
    return values;
  }

  /** The same memory, through the rows of a store. */
  static MemoryState reloaded(MemoryState state) {
    MemoryLoader loader = new MemoryLoader(state.dimensions());
    for (int slot = 0; slot < state.size(); slot++) {
      float[] weights = new float[state.dimensions()];
      for (int d = 0; d < weights.length; d++) {
        weights[d] = state.weight(slot, d);
      }
      int[] neighbours = new int[state.degree(slot)];
      int[] ages = new int[state.degree(slot)];
      for (int k = 0; k < ages.length; k++) {
        neighbours[k] = state.neighbourId(slot, k);
        ages[k] = state.edgeAge(slot, k);
      }
      loader.neuron(
          state.neuronId(slot),
          weights,
          state.habituation(slot),
          state.arousal(slot),
          state.valence(slot),
          neighbours,
          ages);
    }
    return loader.load(state.nextNeuronId()).orElseThrow();
  }

  /** Age of the edge between two neurons, -1 if there is none. */
  static int edgeAge(MemoryState state, int id, int otherId) {
    int slot = state.slotOf(id);
    for (int k = 0; k < state.degree(slot); k++) {
      if (state.neighbourId(slot, k) == otherId) {
        return state.edgeAge(slot, k);
      }
    }
    return -1;
  }
}
