package io.paffmem.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as Avro bytes: packed float32, little endian, without a length of their own. */
public final class FloatVectors {
  private FloatVectors() {}

  /** Packs a whole vector. */
  public static ByteBuffer pack(float[] v) {
    return pack(v, 0, v.length);
  }

  /** Packs {@code length} values from {@code offset} on. The buffer is new, at position 0. */
  public static ByteBuffer pack(float[] v, int offset, int length) {
    ByteBuffer packed = ByteBuffer.allocate(Math.multiplyExact(length, Float.BYTES));
    packed.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(v, offset, length);
    return packed.order(ByteOrder.BIG_ENDIAN);
  }

  /** Reads all that remains in the buffer, whose position and order are left alone. */
  public static float[] unpack(ByteBuffer b) {
    float[] v = new float[b.remaining() / Float.BYTES];
    unpack(b, v, 0);
    return v;
  }

  /**
   * Reads all that remains in the buffer into {@code into}, from {@code offset} on; the buffer's
   * position and order are left alone.
   *
   * @throws IllegalArgumentException if the bytes are no whole number of floats
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public static void unpack(ByteBuffer b, float[] into, int offset) {
    if (b.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(b.remaining() + " bytes are no whole number of floats");
    }
    b.slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(into, offset, b.remaining() / Float.BYTES);
  }

  /** Whether no value is infinite or NaN. */
  public static boolean allFinite(float[] v) {
    // 0 * x is 0 for what is finite and NaN otherwise: one sum, no branch.
    float sum = 0;
    for (float x : v) {
      sum += 0 * x;
    }
    return sum == 0;
  }
}
