package io.paffmem.memory;

import io.paffmem.memory.ReadingConfig.Rule;

/**
 * The affective memory: a {@link GrowingNetwork} that is seeded with imagined faces, learns the
 * real ones, and tells what a face shows. One instance serves any number of persons' {@link
 * MemoryState}s, one after the other; it holds scratch space and is confined to one thread.
 */
public final class AffectiveMemory {

  /*
   * The network's input is z and, weighted by kappa, what the PK itself reads from z. So a distance
   * also weighs what D_em sees, and every prototype knows the PK's reading of the faces that it
   * stands for, p_i, beside its label, l_i: what was wished for when those faces were imagined.
   *
   * With Rule.LABELS the answer is mean_k l_i over the k nearest neurons; for k = 1 that is l_b, as
   * in the paper. With Rule.CORRECTED it is the PK's own reading q, corrected where the memory knows
   * better:
   *
   *   r = q + lambda s(f) g t mean_k (l_i - p_i).
   *
   * A mean is plain, or by the kernel exp(-(d_i - d_b) / width), d the squared distances. f is the
   * fidelity of the memory's own faces, 1 - sum (l - p)^2 / sum (l - mean l)^2, never below 0, on the
   * axis where it is less, and s(f) = (f - 0.8) / 0.12 within [0, 1]: of somebody whom the PK
   * imagines less than truly, the imagined faces teach nothing. g =
   * exp(-(d_b / rho)^2): far from all that was imagined the memory says no more than its PK knows.
   * t = c s / (s + s_t) after s seconds: trust comes with what was seen of the person. c =
   * exp(-|dt| / pause), the face before dt earlier on the same stream, 0 without one: what a memory
   * knows, it knows of somebody whom it follows, and a face that stands alone is left to the PK.
   *
   * Then the answer is smoothed, that is joined with the one before on the same stream,
   *
   *   r <- r_before + (1 - exp(-|dt| / tau)) (r - r_before),
   *
   * and what the PK's readings of this person are off all the time (PersonBias) is taken off:
   *
   *   answer = r - c share b.
   *
   * Where somebody taught the memory (Taught), what the teachings say is added, and the bias counts
   * as far as they leave it open:
   *
   *   answer = r - c share u b + e(z, r).
   *
   * Neither course nor bias hears of that, so that a teaching can be taken back.
   */

  /** Fidelity up to which neurons say nothing: below it their corrections did harm. */
  private static final double SILENT_FIDELITY = 0.8;

  /** Fidelity from which they say all. */
  private static final double FULL_FIDELITY = 0.92;

  /** Numbers of a prototype beside z. */
  static final int EXTRA = 2;

  private final MemoryConfig config;
  private final ReadingConfig reading;
  private final GrowingNetwork network;
  private final float perPriorWeight;
  private final float[] input;
  private final int[] nearest;
  private double meanArousal;
  private double meanValence;

  /**
   * A memory that knows nobody yet.
   *
   * @throws IllegalArgumentException if prototypes have no room for a z
   */
  public AffectiveMemory(MemoryConfig config) {
    if (config.latentSize() < 1) {
      throw new IllegalArgumentException(
          "a prototype of %d numbers has no room for a z; give at least 3"
              .formatted(config.dimensions()));
    }
    this.config = config;
    this.reading = config.reading();
    this.network = new GrowingNetwork(config);
    this.perPriorWeight = 1 / reading.priorWeight();
    this.input = new float[config.dimensions()];
    this.nearest = new int[reading.neighbours()];
  }

  /** The parameters. */
  public MemoryConfig config() {
    return config;
  }

  /** Neurons inserted by this instance, beyond the first two of each memory. */
  public long insertions() {
    return network.insertions();
  }

  /** Steps of this instance that wanted a neuron and found the memory full. */
  public long capacityHits() {
    return network.capacityHits();
  }

  /**
   * Trains on the imagined faces of one frame: all pairs in their order, epoch after epoch. The
   * first two pairs begin an empty memory.
   *
   * @param z n rows of {@code latentSize} numbers
   * @param prior n rows of (arousal, valence): what the PK reads from them
   * @param y n rows of (arousal, valence), each in [-1, 1]: what was wished for
   * @throws IllegalArgumentException if the lengths do not fit, there are no pairs, or there are
   *     fewer than two for an empty memory
   */
  public void seed(MemoryState state, float[] z, float[] prior, float[] y) {
    int latentSize = config.latentSize();
    int pairs = y.length / 2;
    if (prior.length != y.length || z.length != pairs * latentSize) {
      throw new IllegalArgumentException(
          "%d numbers of z, %d of the PK's and %d of y are no pairs of %d, 2 and 2"
              .formatted(z.length, prior.length, y.length, latentSize));
    }
    int dimensions = config.dimensions();
    float[] inputs = new float[pairs * dimensions];
    for (int pair = 0; pair < pairs; pair++) {
      int at = pair * dimensions;
      System.arraycopy(z, pair * latentSize, inputs, at, latentSize);
      inputs[at + latentSize] = reading.priorWeight() * prior[2 * pair];
      inputs[at + latentSize + 1] = reading.priorWeight() * prior[2 * pair + 1];
    }
    network.seed(state, inputs, y);
  }

  /**
   * What the memory says about a face; changes nothing.
   *
   * @param course of the stream that it was seen on
   * @param z {@code latentSize} numbers
   * @param priorArousal what the PK reads from it
   * @param priorValence likewise
   * @param millis when the face was seen
   * @param into where the answer is written
   * @throws IllegalArgumentException if z has another length
   * @throws IllegalStateException if the memory is empty
   */
  public void recognize(
      MemoryState state,
      Course course,
      float[] z,
      float priorArousal,
      float priorValence,
      long millis,
      Recognition into) {
    compose(z, priorArousal, priorValence);
    network.recognize(state, input, into);
    into.millis = millis;
    into.fidelityArousal = -1;
    into.fidelityValence = -1;
    into.readArousal = into.arousal;
    into.readValence = into.valence;
    if (reading.rule() == Rule.LABELS) {
      readLabels(state, into);
      state.taught().correct(z, into.readArousal, into.readValence, into);
      into.arousal = within(into.readArousal + into.taughtArousal);
      into.valence = within(into.readValence + into.taughtValence);
    } else {
      double continuity = continuity(course, millis);
      correct(state, priorArousal, priorValence, continuity, into);
      smooth(course, millis, into);
      state.taught().correct(z, into.readArousal, into.readValence, into);
      double share = continuity * reading.biasShare() * into.untold;
      into.arousal = within(into.readArousal - share * state.bias().arousal() + into.taughtArousal);
      into.valence = within(into.readValence - share * state.bias().valence() + into.taughtValence);
    }
  }

  /** Whether neurons change with real faces; if not, they stay as they were seeded. */
  public boolean isMovedByFaces() {
    return config.onlineSteps() > 0;
  }

  /**
   * Learns from a real face: the answer becomes part of the course and of what is known of the
   * person. If {@link #isMovedByFaces}, prototypes move, labels do not, and neurons are inserted if
   * {@link MemoryConfig#onlineInsertion()} says so.
   *
   * @param course of the stream that the face was seen on
   * @param z {@code latentSize} numbers
   * @param priorArousal what the PK reads from it
   * @param priorValence likewise
   * @param recognized what {@link #recognize} said about this face
   * @throws IllegalArgumentException if z has another length
   * @throws IllegalStateException if the memory is empty
   */
  public void learn(
      MemoryState state,
      Course course,
      float[] z,
      float priorArousal,
      float priorValence,
      Recognition recognized) {
    compose(z, priorArousal, priorValence);
    if (isMovedByFaces()) {
      network.learn(state, input, priorArousal, priorValence);
    }
    double apart = course.begun ? course.apart(recognized.millis) / 1000 : 0;
    state.bias().add(recognized.readArousal, recognized.readValence, apart);
    course.add(recognized.readArousal, recognized.readValence, recognized.millis);
  }

  private void compose(float[] z, float priorArousal, float priorValence) {
    int latentSize = input.length - EXTRA;
    if (z.length != latentSize) {
      throw new IllegalArgumentException(
          "z has %d numbers, the memory is for %d".formatted(z.length, latentSize));
    }
    System.arraycopy(z, 0, input, 0, latentSize);
    input[latentSize] = reading.priorWeight() * priorArousal;
    input[latentSize + 1] = reading.priorWeight() * priorValence;
  }

  private void readLabels(MemoryState state, Recognition into) {
    if (reading.neighbours() == 1) {
      return; // the network's own answer
    }
    averageNearest(state, false);
    into.readArousal = (float) meanArousal;
    into.readValence = (float) meanValence;
    into.arousal = into.readArousal;
    into.valence = into.readValence;
  }

  /** Of the labels of the nearest neurons, or of what their readings lack of them. */
  private void averageNearest(MemoryState state, boolean lacks) {
    int k = findNearest(state);
    double total = 0;
    double arousal = 0;
    double valence = 0;
    for (int i = 0; i < k; i++) {
      int slot = nearest[i];
      double weight = weight(slot);
      total += weight;
      arousal += weight * (state.arousal[slot] - (lacks ? prior(state, slot, 0) : 0));
      valence += weight * (state.valence[slot] - (lacks ? prior(state, slot, 1) : 0));
    }
    meanArousal = arousal / total;
    meanValence = valence / total;
  }

  /** Of one of the nearest slots in a mean over them. */
  private double weight(int slot) {
    if (reading.kernel() == 0) {
      return 1;
    }
    double beyond = network.squaredDistance(slot) - network.squaredDistance(nearest[0]);
    return StrictMath.exp(-beyond / reading.kernel());
  }

  private double continuity(Course course, long millis) {
    if (reading.pauseMillis() == 0) {
      return 1;
    }
    return course.begun ? StrictMath.exp(-course.apart(millis) / reading.pauseMillis()) : 0;
  }

  private void correct(
      MemoryState state,
      float priorArousal,
      float priorValence,
      double continuity,
      Recognition into) {
    into.readArousal = priorArousal;
    into.readValence = priorValence;
    if (reading.priorWeight() == 0) {
      return; // prototypes know nothing of the PK's reading
    }
    averageNearest(state, true);
    double distance = network.squaredDistance(nearest[0]) / reading.reach();
    double ofArousal = fidelity(state, 0);
    double ofValence = fidelity(state, 1);
    into.fidelityArousal = (float) ofArousal;
    into.fidelityValence = (float) ofValence;
    double share =
        reading.correction()
            * say(Math.min(ofArousal, ofValence))
            * StrictMath.exp(-distance * distance)
            * (continuity * trust(state.bias()));
    into.readArousal = (float) (priorArousal + share * meanArousal);
    into.readValence = (float) (priorValence + share * meanValence);
  }

  private double trust(PersonBias bias) {
    return reading.trustSeconds() == 0
        ? 1
        : bias.seconds() / (bias.seconds() + reading.trustSeconds());
  }

  private static double say(double fidelity) {
    return Math.max(
        0, Math.min(1, (fidelity - SILENT_FIDELITY) / (FULL_FIDELITY - SILENT_FIDELITY)));
  }

  /** What the PK reads, on one axis, from the faces that a neuron stands for. */
  private float prior(MemoryState state, int slot, int axis) {
    return state.prototypes.get(slot, input.length - EXTRA + axis) * perPriorWeight;
  }

  private double fidelity(MemoryState state, int axis) {
    int neurons = state.size();
    double lack = 0;
    double sum = 0;
    double squares = 0;
    float[] labels = axis == 0 ? state.arousal : state.valence;
    for (int slot = 0; slot < neurons; slot++) {
      double label = labels[slot];
      double missing = label - prior(state, slot, axis);
      lack += missing * missing;
      sum += label;
      squares += label * label;
    }
    double spread = squares - sum * sum / neurons;
    return spread > 0 ? Math.max(0, 1 - lack / spread) : 0;
  }

  /** Writes the nearest slots, nearest first; ties to the lower id. Returns how many. */
  private int findNearest(MemoryState state) {
    int wanted = Math.min(nearest.length, state.size());
    int found = 0;
    for (int slot = 0; slot < state.size(); slot++) {
      float distance = network.squaredDistance(slot);
      if (found == wanted && distance >= network.squaredDistance(nearest[found - 1])) {
        continue;
      }
      int place = found < wanted ? found++ : found - 1;
      while (place > 0 && network.squaredDistance(nearest[place - 1]) > distance) {
        nearest[place] = nearest[place - 1];
        place--;
      }
      nearest[place] = slot;
    }
    return found;
  }

  private void smooth(Course course, long millis, Recognition into) {
    if (!course.begun || reading.smoothingMillis() == 0) {
      return;
    }
    float share = (float) (1 - StrictMath.exp(-course.apart(millis) / reading.smoothingMillis()));
    if (share == 1) {
      return; // stands alone, to the last bit
    }
    into.readArousal = course.lastArousal + share * (into.readArousal - course.lastArousal);
    into.readValence = course.lastValence + share * (into.readValence - course.lastValence);
  }

  private static float within(double answer) {
    return (float) Math.max(-1, Math.min(1, answer));
  }
}
