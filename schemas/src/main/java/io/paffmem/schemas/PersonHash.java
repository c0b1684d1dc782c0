package io.paffmem.schemas;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Stands for a person where the name itself must not: in logs, and as the prefix of stored rows.
 * The first 16 bytes of the SHA-256 of personId's UTF-8 bytes. Not anonymous: who knows the names
 * can hash them.
 *
 * @param high bytes 0 to 7, big endian
 * @param low bytes 8 to 15, big endian
 */
public record PersonHash(long high, long low) {
  /** Bytes of {@link #toBytes()}. */
  public static final int BYTES = 2 * Long.BYTES;

  /** Hashes a person's name. */
  public static PersonHash of(String personId) {
    ByteBuffer digest = ByteBuffer.wrap(sha256().digest(PersonKey.bytes(personId)));
    return new PersonHash(digest.getLong(), digest.getLong());
  }

  /** The 16 bytes, big endian, so that byte order is the order of the hashes. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** The first 8 hex digits, for logs. */
  public String shortHex() {
    return HexFormat.of().toHexDigits((int) (high >>> Integer.SIZE));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
