package io.paffmem.memory;

import java.util.Arrays;
import java.util.Optional;

/**
 * Puts a memory together from the rows of a store. What does not fit together is a value, not an
 * exception: the caller starts that person over.
 */
public final class MemoryLoader {
  private final MemoryState state;
  private int[] edgeStarts = new int[16];
  private int[] edgeIds = new int[64];
  private int[] edgeAges = new int[64];
  private int edges;
  private boolean coherent = true;
  private final Taught taught = new Taught();

  /** Begins a memory of that many dimensions. */
  public MemoryLoader(int dimensions) {
    state = new MemoryState(dimensions);
  }

  /**
   * Adds a neuron. Ids must come in ascending order.
   *
   * @param weights its prototype; other than {@code dimensions} finite numbers spoil the memory
   * @param neighbourIds ids at the other ends of its edges, ascending; another order spoils the
   *     memory
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

  /** Sets what is known of the person beside neurons; without it that starts over. */
  public MemoryLoader bias(PersonBias bias) {
    state.restoreBias(bias);
    return this;
  }

  /**
   * Adds a taught moment; one of another length of z, or of an id that is there, spoils the memory.
   */
  public MemoryLoader taught(TaughtMoment moment) {
    coherent &=
        moment.z().length == state.dimensions - AffectiveMemory.EXTRA
            && taught.size() < Taught.MOST
            && !taught.has(moment.id());
    if (coherent) {
      taught.add(moment);
    }
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
    int[] met = new int[state.count];
    for (int slot = 0; slot < state.count; slot++) {
      if (!restoreEdges(slot, met)) {
        return Optional.empty();
      }
    }
    if (!Arrays.equals(met, 0, state.count, state.degrees, 0, state.count)) {
      return Optional.empty();
    }
    state.restoreNextNeuronId(nextNeuronId);
    state.restoreTaught(taught);
    state.markClean();
    return Optional.of(state);
  }

  /**
   * Restores the edges of a slot. All lists ascend, so the two ends of an edge meet each other in
   * order, and none has to be searched for.
   *
   * @param met [slot]: how many of its edges are known to both ends
   */
  private boolean restoreEdges(int slot, int[] met) {
    int begin = edgeStarts[slot];
    int degree = (slot + 1 < state.count ? edgeStarts[slot + 1] : edges) - begin;
    state.makeRoomForEdges(slot, degree);
    int other = -1;
    for (int k = 0; k < degree; k++) {
      int age = edgeAges[begin + k];
      other = Arrays.binarySearch(state.ids, other + 1, state.count, edgeIds[begin + k]);
      if (other < 0 || other == slot || age < 0) {
        return false;
      }
      state.neighbours[slot][k] = other;
      state.ages[slot][k] = age;
      if (other < slot) {
        int back = met[other]++;
        if (back >= state.degrees[other]
            || state.neighbours[other][back] != slot
            || state.ages[other][back] != age) {
          return false;
        }
        met[slot]++;
      }
    }
    state.degrees[slot] = degree;
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
