package io.paffmem.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The neurons of one person and the edges between them: the only mutable part of the memory.
 *
 * <p>Parallel arrays, one entry a <i>slot</i>; slots 0 to {@code size() - 1} are in ascending order
 * of the neurons' ids. An id is given once and never again, so a neuron keeps its row in a store; a
 * slot is only its present place. Edges are kept at both ends, each list in ascending slot order,
 * so that a state read back from a store is the state that was written, to the last bit.
 *
 * <p>The state knows which neurons changed and which went since {@link #markClean()}, so that a
 * frame writes a few rows and not the whole memory.
 */
public final class MemoryState {
  private static final int INITIAL_SLOTS = 8;
  private static final int INITIAL_EDGES = 4;
  private static final byte DIGEST_VERSION = 2;

  final int dimensions;
  int count;
  int[] ids = new int[INITIAL_SLOTS];

  final Prototypes prototypes;
  float[] habituation = new float[INITIAL_SLOTS];
  float[] arousal = new float[INITIAL_SLOTS];
  float[] valence = new float[INITIAL_SLOTS];
  int[] degrees = new int[INITIAL_SLOTS];

  /** [slot][k]: the slot at the other end, ascending in k. */
  int[][] neighbours = new int[INITIAL_SLOTS][];

  /** [slot][k]: age of that edge; the same number stands at both of its ends. */
  int[][] ages = new int[INITIAL_SLOTS][];

  private PersonBias bias = new PersonBias();
  private Taught taught = new Taught();
  private boolean[] dirty = new boolean[INITIAL_SLOTS];
  private int nextNeuronId;
  private int firstUnwrittenId;
  private int[] removedIds = new int[INITIAL_SLOTS];
  private int removedCount;

  /** An empty memory for prototypes of that many dimensions. */
  public MemoryState(int dimensions) {
    if (dimensions < 1) {
      throw new IllegalArgumentException("dimensions = " + dimensions + " (at least 1 allowed)");
    }
    this.dimensions = dimensions;
    this.prototypes = new Prototypes(dimensions);
  }

  private MemoryState(MemoryState other) {
    dimensions = other.dimensions;
    count = other.count;
    ids = other.ids.clone();
    prototypes = other.prototypes.copy();
    habituation = other.habituation.clone();
    arousal = other.arousal.clone();
    valence = other.valence.clone();
    degrees = other.degrees.clone();
    neighbours = new int[other.neighbours.length][];
    ages = new int[other.ages.length][];
    for (int slot = 0; slot < count; slot++) {
      neighbours[slot] = other.neighbours[slot].clone();
      ages[slot] = other.ages[slot].clone();
    }
    bias = other.bias.copy();
    taught = other.taught.copy();
    dirty = new boolean[other.dirty.length];
    restoreNextNeuronId(other.nextNeuronId);
  }

  /** The same memory on its own, clean: what changes one of them leaves the other alone. */
  public MemoryState copy() {
    return new MemoryState(this);
  }

  // ---- reading

  /** Numbers in a prototype. */
  public int dimensions() {
    return dimensions;
  }

  /** Number of neurons. */
  public int size() {
    return count;
  }

  /** The id of the next neuron that is inserted. */
  public int nextNeuronId() {
    return nextNeuronId;
  }

  /** Id of the neuron in a slot. */
  public int neuronId(int slot) {
    return ids[checkedSlot(slot)];
  }

  /** The slot of the neuron of that id, negative if there is none. */
  public int slotOf(int neuronId) {
    return Arrays.binarySearch(ids, 0, count, neuronId);
  }

  /** One number of a neuron's prototype. */
  public float weight(int slot, int dimension) {
    if (dimension < 0 || dimension >= dimensions) {
      throw new IndexOutOfBoundsException("dimension " + dimension + " of " + dimensions);
    }
    return prototypes.get(checkedSlot(slot), dimension);
  }

  /** How fresh a neuron is: 1 when inserted, towards 0 as it is trained. */
  public float habituation(int slot) {
    return habituation[checkedSlot(slot)];
  }

  /** A neuron's arousal, [-1, 1]. */
  public float arousal(int slot) {
    return arousal[checkedSlot(slot)];
  }

  /** A neuron's valence, [-1, 1]. */
  public float valence(int slot) {
    return valence[checkedSlot(slot)];
  }

  /** Number of a neuron's edges. */
  public int degree(int slot) {
    return degrees[checkedSlot(slot)];
  }

  /** Id of the neuron at the other end of a slot's k-th edge; ascending in k. */
  public int neighbourId(int slot, int k) {
    return ids[neighbours[checkedSlot(slot)][checkedEdge(slot, k)]];
  }

  /** Age of a slot's k-th edge, in wins of a unit at either end since it was last refreshed. */
  public int edgeAge(int slot, int k) {
    return ages[checkedSlot(slot)][checkedEdge(slot, k)];
  }

  /** About how many bytes of heap this state holds. */
  public long heapBytes() {
    long bytes = 256 + prototypes.heapBytes() + ids.length * (5L * 4 + 2 * 8 + 1);
    bytes += taught.heapBytes();
    for (int slot = 0; slot < count; slot++) {
      bytes += 2 * (16 + 4L * neighbours[slot].length);
    }
    return bytes;
  }

  /**
   * SHA-256 over the whole state in the order of the ids: two memories have the same digest exactly
   * if they will answer and learn alike for ever, on streams that begin with them.
   */
  public byte[] digest() {
    MessageDigest sha = sha256();
    ByteBuffer head = ByteBuffer.allocate(13);
    sha.update(
        head.put(DIGEST_VERSION).putInt(dimensions).putInt(nextNeuronId).putInt(count).flip());
    for (int slot = 0; slot < count; slot++) {
      int degree = degrees[slot];
      ByteBuffer row = ByteBuffer.allocate(4 + 4 * dimensions + 3 * 4 + 4 + 8 * degree);
      row.putInt(ids[slot]);
      for (int d = 0; d < dimensions; d++) {
        row.putFloat(prototypes.get(slot, d));
      }
      row.putFloat(habituation[slot]).putFloat(arousal[slot]).putFloat(valence[slot]);
      row.putInt(degree);
      for (int k = 0; k < degree; k++) {
        row.putInt(ids[neighbours[slot][k]]).putInt(ages[slot][k]);
      }
      sha.update(row.flip());
    }
    if (bias.seconds() > 0) {
      ByteBuffer known = ByteBuffer.allocate(PersonBias.BYTES);
      bias.writeTo(known);
      sha.update(known.flip());
    }
    for (TaughtMoment moment : taught.moments()) {
      sha.update(bytes(moment));
    }
    return sha.digest();
  }

  /** What is known of the person beside neurons. */
  public PersonBias bias() {
    return bias;
  }

  /** What somebody said that the person's face showed. */
  public Taught taught() {
    return taught;
  }

  private static ByteBuffer bytes(TaughtMoment moment) {
    byte[] id = moment.id().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(4 + id.length + 1 + 4 * 4 + 4 + 8 + 4 * moment.z().length);
    bytes.putInt(id.length).put(id).put((byte) (moment.neutral() ? 1 : 0));
    bytes.putFloat(moment.arousal()).putFloat(moment.valence());
    bytes.putFloat(moment.readArousal()).putFloat(moment.readValence());
    bytes.putInt(moment.faces()).putLong(moment.seenAtMillis());
    for (float number : moment.z()) {
      bytes.putFloat(number);
    }
    return bytes.flip();
  }

  // ---- what changed

  /** Whether the neuron in that slot changed since {@link #markClean()}. */
  public boolean isDirty(int slot) {
    return dirty[checkedSlot(slot)];
  }

  /** How many neurons that were there at {@link #markClean()} have gone since. */
  public int removedCount() {
    return removedCount;
  }

  /** Id of the k-th of them. */
  public int removedId(int k) {
    if (k < 0 || k >= removedCount) {
      throw new IndexOutOfBoundsException("removed neuron " + k + " of " + removedCount);
    }
    return removedIds[k];
  }

  /** Says that every change up to here was written. */
  public void markClean() {
    Arrays.fill(dirty, 0, count, false);
    removedCount = 0;
    firstUnwrittenId = nextNeuronId;
  }

  // ---- changing, by the algorithm and the loader

  /** Adds a fresh neuron at the end; its prototype is still to be written. Returns its slot. */
  int addNeuron(float neuronArousal, float neuronValence) {
    int slot = appendSlot(nextNeuronId++);
    habituation[slot] = 1f;
    arousal[slot] = neuronArousal;
    valence[slot] = neuronValence;
    dirty[slot] = true;
    return slot;
  }

  /** Appends a neuron read from a store, clean and without edges. Returns its slot. */
  int restoreNeuron(int id) {
    return appendSlot(id);
  }

  void restoreBias(PersonBias other) {
    bias = other;
  }

  void restoreTaught(Taught other) {
    taught = other;
  }

  void restoreNextNeuronId(int id) {
    nextNeuronId = id;
    firstUnwrittenId = id;
  }

  /** Room for as many edges as a neuron read from a store has. */
  void makeRoomForEdges(int slot, int degree) {
    if (neighbours[slot].length < degree) {
      neighbours[slot] = new int[degree];
      ages[slot] = new int[degree];
    }
  }

  private int appendSlot(int id) {
    if (count == ids.length) {
      grow(count * 2);
    }
    if (count == prototypes.slots()) {
      prototypes.grow(count + 1);
    }
    int slot = count++;
    ids[slot] = id;
    degrees[slot] = 0;
    dirty[slot] = false;
    neighbours[slot] = new int[INITIAL_EDGES];
    ages[slot] = new int[INITIAL_EDGES];
    return slot;
  }

  void markDirty(int slot) {
    dirty[slot] = true;
  }

  /** Makes an edge between two slots, or makes the one that is there age 0 again. */
  void connect(int one, int other) {
    setEdge(one, other, 0);
    setEdge(other, one, 0);
  }

  /** Removes the edge between two slots, if there is one. */
  void disconnect(int one, int other) {
    removeEdge(one, other);
    removeEdge(other, one);
  }

  /** Makes the edge at both ends of a slot's k-th edge one win older. */
  void ageEdge(int slot, int k) {
    int age = ++ages[slot][k];
    int other = neighbours[slot][k];
    ages[other][edgeIndex(other, slot)] = age;
    dirty[slot] = true;
    dirty[other] = true;
  }

  /** Removes a neuron without edges; the slots behind it move down by one. */
  void removeNeuron(int slot) {
    if (degrees[slot] != 0) {
      throw new IllegalStateException(
          "neuron " + ids[slot] + " has " + degrees[slot] + " edges and cannot be removed");
    }
    if (ids[slot] < firstUnwrittenId) {
      if (removedCount == removedIds.length) {
        removedIds = Arrays.copyOf(removedIds, removedCount * 2);
      }
      removedIds[removedCount++] = ids[slot];
    }
    int behind = count - slot - 1;
    System.arraycopy(ids, slot + 1, ids, slot, behind);
    prototypes.remove(slot, count);
    System.arraycopy(habituation, slot + 1, habituation, slot, behind);
    System.arraycopy(arousal, slot + 1, arousal, slot, behind);
    System.arraycopy(valence, slot + 1, valence, slot, behind);
    System.arraycopy(degrees, slot + 1, degrees, slot, behind);
    System.arraycopy(neighbours, slot + 1, neighbours, slot, behind);
    System.arraycopy(ages, slot + 1, ages, slot, behind);
    System.arraycopy(dirty, slot + 1, dirty, slot, behind);
    count--;
    for (int i = 0; i < count; i++) {
      int[] ends = neighbours[i];
      for (int k = 0; k < degrees[i]; k++) {
        if (ends[k] > slot) {
          ends[k]--;
        }
      }
    }
  }

  /** Place of the edge to {@code to} in the list of {@code from}, negative if there is none. */
  int edgeIndex(int from, int to) {
    return Arrays.binarySearch(neighbours[from], 0, degrees[from], to);
  }

  /** Writes one end of an edge. */
  void setEdge(int slot, int other, int age) {
    int k = edgeIndex(slot, other);
    if (k < 0) {
      k = -k - 1;
      int degree = degrees[slot]++;
      if (degree == neighbours[slot].length) {
        neighbours[slot] = Arrays.copyOf(neighbours[slot], degree * 2);
        ages[slot] = Arrays.copyOf(ages[slot], degree * 2);
      }
      System.arraycopy(neighbours[slot], k, neighbours[slot], k + 1, degree - k);
      System.arraycopy(ages[slot], k, ages[slot], k + 1, degree - k);
      neighbours[slot][k] = other;
    }
    ages[slot][k] = age;
    dirty[slot] = true;
  }

  private void removeEdge(int slot, int other) {
    int k = edgeIndex(slot, other);
    if (k < 0) {
      return;
    }
    int behind = --degrees[slot] - k;
    System.arraycopy(neighbours[slot], k + 1, neighbours[slot], k, behind);
    System.arraycopy(ages[slot], k + 1, ages[slot], k, behind);
    dirty[slot] = true;
  }

  private void grow(int slots) {
    ids = Arrays.copyOf(ids, slots);
    habituation = Arrays.copyOf(habituation, slots);
    arousal = Arrays.copyOf(arousal, slots);
    valence = Arrays.copyOf(valence, slots);
    degrees = Arrays.copyOf(degrees, slots);
    neighbours = Arrays.copyOf(neighbours, slots);
    ages = Arrays.copyOf(ages, slots);
    dirty = Arrays.copyOf(dirty, slots);
  }

  private int checkedSlot(int slot) {
    if (slot < 0 || slot >= count) {
      throw new IndexOutOfBoundsException("slot " + slot + " of " + count);
    }
    return slot;
  }

  private int checkedEdge(int slot, int k) {
    if (k < 0 || k >= degrees[slot]) {
      throw new IndexOutOfBoundsException("edge " + k + " of " + degrees[slot]);
    }
    return k;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
