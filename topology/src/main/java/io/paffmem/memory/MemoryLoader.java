package io.paffmem.memory;

import java.util.Arrays;
import java.util.Optional;

/**
 * Puts a memory together from the rows of a store. What does not fit together is a value, not an
 * exception: the caller begins that person anew.
 */
public final class MemoryLoader {
  private final MemoryState state;
  private int[] edgeStarts = new int[16];
  private int[] edgeIds = new int[64];
  private int[] edgeAges = new int[64];
  private int edges;
  private boolean coherent = true;

  /** Begins a memory of that many dimensions. */
  public MemoryLoader(int dimensions) {
    state = new MemoryState(dimensions);
  }

  /**
   * Adds a neuron. Ids must come in ascending order.
   *
   * @param weights its prototype; other than {@code dimensions} finite numbers spoil the memory
   * @param neighbourIds ids at the other ends of its edges, ascending
   * @param ages ages of those edges
   */
  public MemoryLoader neuron(
      int id,
      float[] weights,
      float habituation,
      float arousal,
      float valence,
      int[] neighbourIds,
      int[] ages) {
    boolean fits =
        weights.length == state.dimensions
            && neighbourIds.length == ages.length
            && (state.count == 0 || state.ids[state.count - 1] < id)
            && finite(weights)
            && habituation >= 0
            && habituation <= 1
            && Math.abs(arousal) <= 1
            && Math.abs(valence) <= 1;
    coherent &= fits;
    if (!coherent) {
      return this;
    }
    int slot = state.restoreNeuron(id);
    state.prototypes.set(slot, weights, 0);
    state.habituation[slot] = habituation;
    state.arousal[slot] = arousal;
    state.valence[slot] = valence;
    if (slot == edgeStarts.length) {
      edgeStarts = Arrays.copyOf(edgeStarts, slot * 2);
    }
    edgeStarts[slot] = edges;
    for (int k = 0; k < ages.length; k++) {
      if (edges == edgeIds.length) {
        edgeIds = Arrays.copyOf(edgeIds, edges * 2);
        edgeAges = Arrays.copyOf(edgeAges, edges * 2);
      }
      edgeIds[edges] = neighbourIds[k];
      edgeAges[edges++] = ages[k];
    }
    return this;
  }

  /** Sets the course of the person's answers; without one it begins anew. */
  public MemoryLoader course(Course course) {
    state.restoreCourse(course);
    return this;
  }

  /**
   * The memory, clean; empty if the rows do not fit together: an edge known at one end only, of two
   * ages or to a missing neuron, or an id that is still to be given.
   */
  public Optional<MemoryState> load(int nextNeuronId) {
    if (!coherent
        || state.count == 1
        || (state.count > 0 && state.ids[state.count - 1] >= nextNeuronId)) {
      return Optional.empty();
    }
    for (int slot = 0; slot < state.count; slot++) {
      int end = slot + 1 < state.count ? edgeStarts[slot + 1] : edges;
      for (int e = edgeStarts[slot]; e < end; e++) {
        int other = state.slotOf(edgeIds[e]);
        if (other < 0 || other == slot || edgeAges[e] < 0) {
          return Optional.empty();
        }
        state.setEdge(slot, other, edgeAges[e]);
      }
    }
    if (!symmetric()) {
      return Optional.empty();
    }
    state.restoreNextNeuronId(nextNeuronId);
    state.markClean();
    return Optional.of(state);
  }

  private boolean symmetric() {
    for (int slot = 0; slot < state.count; slot++) {
      for (int k = 0; k < state.degrees[slot]; k++) {
        int other = state.neighbours[slot][k];
        int back = state.edgeIndex(other, slot);
        if (back < 0 || state.ages[other][back] != state.ages[slot][k]) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
