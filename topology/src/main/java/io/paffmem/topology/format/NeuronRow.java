package io.paffmem.topology.format;

import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** A neuron without its id, which stands in the key; exported files have it alike. */
public final class NeuronRow {
  private static final int NUMBERS_BEFORE_DEGREE = 3;

  private NeuronRow() {}

  public static byte[] write(MemoryState memory, int slot) {
    ByteBuffer row = RowFormat.begin(bytes(memory, slot));
    put(row, memory, slot);
    return RowFormat.done(row);
  }

  /** Adds the neuron of such a row to a memory. */
  public static void read(int id, byte[] bytes, MemoryLoader into) throws MalformedRowException {
    RowFormat.read(
        "neuron",
        bytes,
        row -> {
          int degree =
              row.duplicate().position(row.position() + 4 * NUMBERS_BEFORE_DEGREE).getInt();
          int numbers = (row.remaining() - 4 * (NUMBERS_BEFORE_DEGREE + 1)) / 4 - 2 * degree;
          return get(id, row, Math.max(0, numbers), into);
        });
  }

  /** Numbers in the prototype of such a row. */
  public static int dimensions(byte[] bytes) throws MalformedRowException {
    return RowFormat.read(
        "neuron",
        bytes,
        row -> {
          int degree = row.position(row.position() + 4 * NUMBERS_BEFORE_DEGREE).getInt();
          int numbers = row.remaining() / 4 - 2 * degree;
          if (degree < 0 || numbers < 1) {
            throw new IllegalArgumentException(degree + " edges");
          }
          row.position(row.limit());
          return numbers;
        });
  }

  /** Bytes that {@link #put} writes. */
  static int bytes(MemoryState memory, int slot) {
    return 4 * (NUMBERS_BEFORE_DEGREE + 1) + 8 * memory.degree(slot) + 4 * memory.dimensions();
  }

  static void put(ByteBuffer row, MemoryState memory, int slot) {
    int degree = memory.degree(slot);
    row.putFloat(memory.habituation(slot));
    row.putFloat(memory.arousal(slot)).putFloat(memory.valence(slot));
    row.putInt(degree);
    for (int k = 0; k < degree; k++) {
      row.putInt(memory.neighbourId(slot, k)).putInt(memory.edgeAge(slot, k));
    }
    for (int d = 0; d < memory.dimensions(); d++) {
      row.putFloat(memory.weight(slot, d));
    }
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws BufferUnderflowException if there is less
   * @throws IllegalArgumentException if the number of edges cannot be
   */
  static MemoryLoader get(int id, ByteBuffer row, int dimensions, MemoryLoader into) {
    float habituation = row.getFloat();
    float arousal = row.getFloat();
    float valence = row.getFloat();
    int degree = row.getInt();
    if (degree < 0 || degree > row.remaining() / 8) {
      throw new IllegalArgumentException(degree + " edges");
    }
    int[] neighbours = new int[degree];
    int[] ages = new int[degree];
    for (int k = 0; k < degree; k++) {
      neighbours[k] = row.getInt();
      ages[k] = row.getInt();
    }
    float[] weights = RowFormat.floats(row, dimensions);
    return into.neuron(id, weights, habituation, arousal, valence, neighbours, ages);
  }
}
