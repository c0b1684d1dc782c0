package io.paffmem.memory;

import java.util.Arrays;

/**
 * The prototypes of all neurons of a memory, one array a dimension, one entry a slot.
 *
 * <p>The distances of a face to all of them are nearly the whole cost of a step, and the layout is
 * made for them: {@link #squaredDistances} works on slots side by side, and the sum of each slot
 * still runs in the order of the dimensions. So HotSpot can use vector instructions, and every
 * machine gets the same bits.
 */
final class Prototypes {

  /**
   * Slots come in multiples of this. HotSpot compiles a loop by how long it has been so far, and
   * for memories that begin with two neurons that is too short: the loops below would be vectorised
   * poorly or not at all, up to twenty times slower, as long as the process lives. So they always
   * run over whole tiles.
   */
  private static final int TILE = 128;

  /** [dimension][slot]. */
  private final float[][] columns;

  private int slots;

  /** Without any slot yet. */
  Prototypes(int dimensions) {
    columns = new float[dimensions][0];
  }

  Prototypes copy() {
    Prototypes copy = new Prototypes(columns.length);
    copy.slots = slots;
    for (int d = 0; d < columns.length; d++) {
      copy.columns[d] = columns[d].clone();
    }
    return copy;
  }

  /** Prototypes that there is room for. */
  int slots() {
    return slots;
  }

  float get(int slot, int dimension) {
    return columns[dimension][slot];
  }

  /** Copies a prototype that begins at {@code from}. */
  void set(int slot, float[] x, int from) {
    for (int d = 0; d < columns.length; d++) {
      columns[d][slot] = x[from + d];
    }
  }

  /** Puts a prototype half way between another and an input. */
  void setBetween(int slot, int other, float[] x, int from) {
    for (int d = 0; d < columns.length; d++) {
      columns[d][slot] = 0.5f * (columns[d][other] + x[from + d]);
    }
  }

  /** Moves a prototype by that share of its way to an input. */
  void move(int slot, float[] x, int from, float step) {
    for (int d = 0; d < columns.length; d++) {
      float[] w = columns[d];
      w[slot] += step * (x[from + d] - w[slot]);
    }
  }

  /** Closes the gap that a removed slot leaves among the first {@code count}. */
  void remove(int slot, int count) {
    for (float[] w : columns) {
      System.arraycopy(w, slot + 1, w, slot, count - slot - 1);
    }
  }

  /** Makes room for at least that many. */
  void grow(int atLeast) {
    slots = Math.max(slots, roundedUp(atLeast));
    for (int d = 0; d < columns.length; d++) {
      columns[d] = Arrays.copyOf(columns[d], slots);
    }
  }

  long heapBytes() {
    return columns.length * (24L + 4L * slots);
  }

  /**
   * Squared Euclidean distances of an input to the prototypes in the first {@code count} slots.
   *
   * @param into where they are written, one a slot, and numbers of no meaning behind them; {@link
   *     #slots()} long or longer
   */
  void squaredDistances(float[] x, int from, int count, float[] into) {
    int end = roundedUp(count);
    Arrays.fill(into, 0, end, 0f);
    int d = 0;
    for (; d + 1 < columns.length; d += 2) {
      addSquares(columns[d], x[from + d], columns[d + 1], x[from + d + 1], end, into);
    }
    if (d < columns.length) {
      addSquares(columns[d], x[from + d], end, into);
    }
  }

  /*
   * Every array is indexed by the loop's own counter: with an offset, as one flat array needs,
   * HotSpot 17 does not vectorise, nor with more than five dimensions in one loop. Two at once
   * halve the traffic of the sums; more gain next to nothing.
   */

  private static void addSquares(float[] v, float xv, float[] w, float xw, int end, float[] into) {
    for (int i = 0; i < end; i++) {
      float dv = xv - v[i];
      float dw = xw - w[i];
      into[i] = into[i] + dv * dv + dw * dw;
    }
  }

  private static void addSquares(float[] w, float xw, int end, float[] into) {
    for (int i = 0; i < end; i++) {
      float dw = xw - w[i];
      into[i] += dw * dw;
    }
  }

  private static int roundedUp(int count) {
    return (count + TILE - 1) / TILE * TILE;
  }
}
