package io.paffmem.schemas;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a face looks, as it travels in an embedding: a direction, rounded to a byte a number. Two
 * looks compare only if one network made them.
 *
 * @param network which one
 * @param numbers 127 stands for 1; not to be changed
 */
public record FaceLook(int network, byte[] numbers) {
  private static final int MOST_NUMBERS = 1024;
  private static final float SCALE = 127;

  /**
   * Rounds a look.
   *
   * @param values {@code size} numbers from {@code offset} on, a vector of length 1
   */
  public static FaceLook of(int network, float[] values, int offset, int size) {
    byte[] numbers = new byte[size];
    for (int i = 0; i < size; i++) {
      float rounded = Math.round(SCALE * values[offset + i]);
      numbers[i] = (byte) Math.max(-SCALE, Math.min(SCALE, rounded));
    }
    return new FaceLook(network, numbers);
  }

  /** As {@code Embedding.look} has it. */
  public ByteBuffer pack() {
    return ByteBuffer.allocate(Integer.BYTES + numbers.length).putInt(network).put(numbers).flip();
  }

  /** Reads what {@link #pack} wrote; null if that is not it. The buffer is left alone. */
  public static @Nullable FaceLook unpack(ByteBuffer packed) {
    int size = packed.remaining() - Integer.BYTES;
    if (size < 1 || size > MOST_NUMBERS) {
      return null;
    }
    ByteBuffer from = packed.duplicate();
    int network = from.getInt();
    byte[] numbers = new byte[size];
    from.get(numbers);
    for (byte number : numbers) {
      if (number != 0) {
        return new FaceLook(network, numbers);
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FaceLook look
        && look.network == network
        && Arrays.equals(look.numbers, numbers);
  }

  @Override
  public int hashCode() {
    return 31 * network + Arrays.hashCode(numbers);
  }

  /** Without the numbers: they are nobody's to log. */
  @Override
  public String toString() {
    return "FaceLook[%08x, %d numbers]".formatted(network, numbers.length);
  }
}
