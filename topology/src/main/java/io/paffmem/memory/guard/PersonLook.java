package io.paffmem.memory.guard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one person's face looks: nothing yet, the looks of the first frames, or a description made of
 * them. Part of a person's memory; biometric data, so it says nothing of itself in words. Mutable.
 */
public final class PersonLook {
  private static final int HEAD = 3 * Integer.BYTES;
  private static final int MOST_NUMBERS = 1024;
  private static final int MOST_FIRST = 256;

  private int network;

  /** Numbers of a look; 0 while nothing is known. */
  private int size;

  private final List<byte[]> first = new ArrayList<>();

  /** Null while the first frames are gathered. */
  private float @Nullable [] description;

  private int updates;
  private long updatedMillis;
  private boolean changed;

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Whether the person is described, so that others are told from them. */
  public boolean isKnown() {
    return description != null;
  }

  /** Whether looks of that network compare with what is known; nothing known compares with all. */
  public boolean comparesWith(int other, int numbers) {
    return isEmpty() || (network == other && size == numbers);
  }

  /** Nothing is known any more. */
  public void clear() {
    changed |= !isEmpty();
    network = 0;
    size = 0;
    first.clear();
    description = null;
    updates = 0;
    updatedMillis = 0;
  }

  /** Keeps the look of a first frame; of more than {@code most} the oldest goes. */
  void gather(int ofNetwork, byte[] look, int most) {
    network = ofNetwork;
    size = look.length;
    first.add(look.clone());
    if (first.size() > most) {
      first.remove(0);
    }
    changed = true;
  }

  List<byte[]> first() {
    return first;
  }

  /** The first frames are enough: the person looks like the mean of some of them. */
  void describe(List<byte[]> ofPerson, long millis) {
    float[] mean = new float[size];
    for (byte[] look : ofPerson) {
      for (int i = 0; i < size; i++) {
        mean[i] += (float) look[i] / ofPerson.size();
      }
    }
    description = mean;
    first.clear();
    updates = ofPerson.size();
    updatedMillis = millis;
    changed = true;
  }

  /** Cosine of a look with the description. */
  double similarity(byte[] look) {
    float[] mean = described();
    double product = 0;
    double ofMean = 0;
    double ofLook = 0;
    for (int i = 0; i < size; i++) {
      product += (double) mean[i] * look[i];
      ofMean += (double) mean[i] * mean[i];
      ofLook += (double) look[i] * look[i];
    }
    double lengths = Math.sqrt(ofMean * ofLook);
    return lengths > 0 ? product / lengths : 0;
  }

  /** Moves the description towards a look of the person, if so much time went by. */
  void follow(byte[] look, long millis, double leastMillis, int horizon) {
    float[] mean = described();
    if (Math.abs((double) millis - updatedMillis) < leastMillis) {
      return;
    }
    updates = Math.min(updates + 1, horizon);
    for (int i = 0; i < size; i++) {
      mean[i] += (look[i] - mean[i]) / updates;
    }
    updatedMillis = millis;
    changed = true;
  }

  private float[] described() {
    float[] mean = description;
    if (mean == null) {
      throw new IllegalStateException("the person is not described yet");
    }
    return mean;
  }

  /** Whether it changed since this was asked last, or since it was read. */
  public boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** The same on its own. */
  public PersonLook copy() {
    return isEmpty() ? new PersonLook() : readFrom(writeTo(ByteBuffer.allocate(bytes())).flip());
  }

  /** About how many bytes of heap it takes. */
  public long heapBytes() {
    return 96 + (description == null ? 0 : 4L * size) + first.size() * (24L + size);
  }

  /** Bytes of {@link #writeTo}. */
  public int bytes() {
    return HEAD
        + (description == null
            ? first.size() * size
            : Float.BYTES * size + Integer.BYTES + Long.BYTES);
  }

  /** Writes {@link #bytes} bytes; returns the buffer. */
  public ByteBuffer writeTo(ByteBuffer bytes) {
    bytes.putInt(network).putInt(size).putInt(description == null ? first.size() : -1);
    if (description == null) {
      first.forEach(bytes::put);
    } else {
      for (float number : described()) {
        bytes.putFloat(number);
      }
      bytes.putInt(updates).putLong(updatedMillis);
    }
    return bytes;
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException if no looks have such numbers
   * @throws java.nio.BufferUnderflowException if there is less
   */
  public static PersonLook readFrom(ByteBuffer bytes) {
    PersonLook look = new PersonLook();
    look.network = bytes.getInt();
    look.size = bytes.getInt();
    int gathered = bytes.getInt();
    if (look.size < 1 || look.size > MOST_NUMBERS || gathered < -1 || gathered > MOST_FIRST) {
      throw new IllegalArgumentException("%d looks of %d".formatted(gathered, look.size));
    }
    if (gathered >= 0) {
      for (int i = 0; i < gathered; i++) {
        byte[] numbers = new byte[look.size];
        bytes.get(numbers);
        look.first.add(numbers);
      }
      return look;
    }
    float[] mean = new float[look.size];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = bytes.getFloat();
      // Written so that NaN fails.
      if (!(Math.abs(mean[i]) <= Byte.MAX_VALUE + 1)) {
        throw new IllegalArgumentException("a look that cannot be");
      }
    }
    look.description = mean;
    look.updates = bytes.getInt();
    look.updatedMillis = bytes.getLong();
    if (look.updates < 1) {
      throw new IllegalArgumentException(look.updates + " looks in a description");
    }
    return look;
  }
}
