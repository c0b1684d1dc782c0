package io.paffmem.schemas;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Stands for a person where the name itself must not: in logs, and as the prefix of stored rows. A
 * {@link PersonHasher} makes it.
 *
 * @param high bytes 0 to 7, big endian
 * @param low bytes 8 to 15, big endian
 */
public record PersonHash(long high, long low) {
  /** Bytes of {@link #toBytes()}. */
  public static final int BYTES = 2 * Long.BYTES;

  /** The 16 bytes, big endian, so that byte order is the order of the hashes. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** The first 8 hex digits, for logs. */
  public String shortHex() {
    return HexFormat.of().toHexDigits((int) (high >>> Integer.SIZE));
  }
}
