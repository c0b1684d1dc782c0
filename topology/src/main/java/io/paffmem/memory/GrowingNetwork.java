package io.paffmem.memory;

import io.paffmem.memory.MemoryConfig.Activity;
import io.paffmem.memory.MemoryConfig.OnlineInsertion;
import java.util.Arrays;

/**
 * The Growing-When-Required network of the affective memory: finds the neuron nearest to a face,
 * reads its arousal and valence, and learns the face. One instance serves any number of persons'
 * {@link MemoryState}s, one after the other; it holds scratch space and is confined to one thread.
 */
final class GrowingNetwork {

  /*
   * One step on an input x, after Marsland et al. (2002) with the changes of Barros et al. (2019):
   *
   * 1. b and s are the nearest and the second-nearest neuron.
   * 2. If b does not stand for x (a_b < t_a), is trained well enough (h_b < t_h) and there is room,
   *    a neuron is inserted half way between b and x, connected to b and s, and the edge b-s goes.
   *    Nothing else moves, habituates or ages in that step.
   * 3. Otherwise b and s are connected with age 0; b and its topological neighbours, s among them,
   *    move towards x, each by its own habituation and its own activity (eq. 8), then habituate; a
   *    generated face also draws b's label. b's other edges age by one; those too old go, and so do
   *    neurons that they leave without an edge.
   *
   * Only the edges of b age. Ageing all edges at each step, as batch implementations do, erases a
   * seeded memory within seconds of a live stream. As b and s are connected at the end of each step
   * there are never fewer than two neurons.
   *
   * Two states that begin alike stay alike to the last bit on every machine: Java's float
   * arithmetic is strict since 17, sums run in the order of the dimensions, and StrictMath supplies
   * the exponential.
   */

  private final MemoryConfig config;
  private int best;
  private int second;
  private float bestSquaredDistance;

  /** [slot]: to the face of the present step, when it began; of no meaning behind the last. */
  private float[] squaredDistances = new float[0];

  private int[] orphans = new int[16];
  private long insertions;
  private long capacityHits;

  public GrowingNetwork(MemoryConfig config) {
    this.config = config;
  }

  /** The parameters. */
  public MemoryConfig config() {
    return config;
  }

  /** Neurons inserted by this instance, beyond the first two of each memory. */
  public long insertions() {
    return insertions;
  }

  /** Steps of this instance that wanted a neuron and found the memory full. */
  public long capacityHits() {
    return capacityHits;
  }

  /**
   * Trains on the imagined faces of one frame: all pairs in their order, epoch after epoch. The
   * first two pairs begin an empty memory.
   *
   * @param z n rows of {@code dimensions} numbers
   * @param y n rows of (arousal, valence), each in [-1, 1]
   * @throws IllegalArgumentException if the lengths do not fit, there are no pairs, or there are
   *     fewer than two for an empty memory
   */
  public void seed(MemoryState state, float[] z, float[] y) {
    int dimensions = checkedDimensions(state);
    int pairs = y.length / 2;
    if (pairs == 0 || y.length != 2 * pairs || z.length != pairs * dimensions) {
      throw new IllegalArgumentException(
          "%d numbers of z and %d of y are no pairs of %d and 2"
              .formatted(z.length, y.length, dimensions));
    }
    if (state.count < 2 && pairs < 2) {
      throw new IllegalArgumentException("a memory begins with two pairs, not with " + pairs);
    }
    for (int pair = 0; state.count < 2; pair++) {
      int slot = state.addNeuron(y[2 * pair], y[2 * pair + 1]);
      state.prototypes.set(slot, z, pair * dimensions);
    }
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      for (int pair = 0; pair < pairs; pair++) {
        stepOnGenerated(state, z, pair * dimensions, y[2 * pair], y[2 * pair + 1]);
      }
    }
  }

  /**
   * What the memory says about a face; changes nothing.
   *
   * @param z {@code dimensions} numbers
   * @param into where the answer is written
   * @throws IllegalArgumentException if z has another length
   * @throws IllegalStateException if the memory is empty
   */
  public void recognize(MemoryState state, float[] z, Recognition into) {
    checkFace(state, z);
    findNearest(state, z, 0);
    into.bestMatchingUnit = state.ids[best];
    into.activity = activity(bestSquaredDistance);
    into.arousal = state.arousal[best];
    into.valence = state.valence[best];
  }

  /**
   * Learns from a real face: prototypes move, labels do not. Neurons are inserted only if {@link
   * MemoryConfig#onlineInsertion()} says so.
   *
   * @param z {@code dimensions} numbers
   * @param priorArousal the prior knowledge's answer, the label of a neuron inserted with {@link
   *     OnlineInsertion#PRIOR_LABEL}
   * @param priorValence likewise
   * @throws IllegalArgumentException if z has another length
   * @throws IllegalStateException if the memory is empty
   */
  public void learn(MemoryState state, float[] z, float priorArousal, float priorValence) {
    checkFace(state, z);
    for (int i = 0; i < config.onlineSteps(); i++) {
      stepOnReal(state, z, priorArousal, priorValence);
    }
  }

  /** To the face that was recognised last, of a slot of that state. */
  float squaredDistance(int slot) {
    return squaredDistances[slot];
  }

  private void stepOnGenerated(
      MemoryState state, float[] x, int from, float arousal, float valence) {
    findNearest(state, x, from);
    float activity = activity(bestSquaredDistance);
    if (wantsNeuron(state, activity)) {
      insert(state, x, from, arousal, valence);
      return;
    }
    float gamma = config.labelRate();
    state.arousal[best] += gamma * (arousal - state.arousal[best]);
    state.valence[best] += gamma * (valence - state.valence[best]);
    adapt(state, x, from, activity);
  }

  private void stepOnReal(MemoryState state, float[] x, float priorArousal, float priorValence) {
    findNearest(state, x, 0);
    float activity = activity(bestSquaredDistance);
    OnlineInsertion insertion = config.onlineInsertion();
    if (insertion != OnlineInsertion.OFF && wantsNeuron(state, activity)) {
      boolean inherits = insertion == OnlineInsertion.INHERITED;
      insert(
          state,
          x,
          0,
          inherits ? state.arousal[best] : priorArousal,
          inherits ? state.valence[best] : priorValence);
      return;
    }
    adapt(state, x, 0, activity);
  }

  private boolean wantsNeuron(MemoryState state, float activity) {
    if (activity >= config.insertionActivity()
        || state.habituation[best] >= config.insertionHabituation()) {
      return false;
    }
    if (state.count >= config.capacity()) {
      capacityHits++;
      return false;
    }
    return true;
  }

  private void insert(MemoryState state, float[] x, int from, float arousal, float valence) {
    int slot = state.addNeuron(arousal, valence);
    state.prototypes.setBetween(slot, best, x, from);
    state.connect(slot, best);
    state.connect(slot, second);
    state.disconnect(best, second);
    insertions++;
  }

  private void adapt(MemoryState state, float[] x, int from, float bestActivity) {
    state.connect(best, second);
    move(state, best, x, from, config.bestUnitLearningRate(), bestActivity);
    habituate(state, best, config.bestUnitHabituationRate());
    int[] neighbours = state.neighbours[best];
    int degree = state.degrees[best];
    for (int k = 0; k < degree; k++) {
      int i = neighbours[k];
      // A neuron moves once a step, so its distance is still the one that was found.
      float activity = activity(squaredDistances[i]);
      move(state, i, x, from, config.neighbourLearningRate(), activity);
      habituate(state, i, config.neighbourHabituationRate());
    }
    ageEdges(state);
  }

  /** Eq. 8: w += e h (x - w)(1 - a). */
  private static void move(
      MemoryState state, int slot, float[] x, int from, float rate, float activity) {
    state.prototypes.move(slot, x, from, rate * state.habituation[slot] * (1 - activity));
    state.markDirty(slot);
  }

  private void habituate(MemoryState state, int slot, float tau) {
    float h = state.habituation[slot];
    h += tau * config.habituationRecovery() * (1 - h) - tau;
    state.habituation[slot] = Math.max(0, Math.min(1, h));
  }

  private void ageEdges(MemoryState state) {
    int orphaned = 0;
    // From the last to the first, so that removing one leaves the places of those still to come.
    for (int k = state.degrees[best] - 1; k >= 0; k--) {
      int other = state.neighbours[best][k];
      if (other == second) {
        continue;
      }
      state.ageEdge(best, k);
      if (state.ages[best][k] > config.maxEdgeAge()) {
        state.disconnect(best, other);
        if (state.degrees[other] == 0) {
          if (orphaned == orphans.length) {
            orphans = Arrays.copyOf(orphans, orphaned * 2);
          }
          orphans[orphaned++] = other;
        }
      }
    }
    // Slots came in descending order, so a removal does not shift those that follow.
    for (int i = 0; i < orphaned; i++) {
      state.removeNeuron(orphans[i]);
    }
  }

  /**
   * Writes the squared distances of all neurons into {@link #squaredDistances} and the two nearest
   * slots into {@link #best} and {@link #second}; ties to the lower id.
   */
  private void findNearest(MemoryState state, float[] x, int from) {
    int count = state.count;
    if (squaredDistances.length < state.prototypes.slots()) {
      squaredDistances = new float[state.prototypes.slots()];
    }
    float[] distances = squaredDistances;
    state.prototypes.squaredDistances(x, from, count, distances);
    int b = 0;
    int s = 1;
    float bestDistance = distances[0];
    float secondDistance = distances[1];
    if (secondDistance < bestDistance) {
      b = 1;
      s = 0;
      bestDistance = distances[1];
      secondDistance = distances[0];
    }
    for (int i = 2; i < count; i++) {
      float distance = distances[i];
      if (distance < secondDistance) {
        if (distance < bestDistance) {
          s = b;
          secondDistance = bestDistance;
          b = i;
          bestDistance = distance;
        } else {
          s = i;
          secondDistance = distance;
        }
      }
    }
    best = b;
    second = s;
    bestSquaredDistance = bestDistance;
  }

  private float activity(float squaredDistance) {
    double exponent =
        config.activity() == Activity.SQUARED ? squaredDistance : Math.sqrt(squaredDistance);
    return (float) StrictMath.exp(-exponent);
  }

  private void checkFace(MemoryState state, float[] z) {
    int dimensions = checkedDimensions(state);
    if (z.length != dimensions) {
      throw new IllegalArgumentException(
          "z has %d numbers, the memory %d dimensions".formatted(z.length, dimensions));
    }
    if (state.count < 2) {
      throw new IllegalStateException("the memory has " + state.count + " neurons, not yet two");
    }
  }

  private int checkedDimensions(MemoryState state) {
    if (state.dimensions != config.dimensions()) {
      throw new IllegalArgumentException(
          "the state has %d dimensions, the configuration %d"
              .formatted(state.dimensions, config.dimensions()));
    }
    return state.dimensions;
  }
}
