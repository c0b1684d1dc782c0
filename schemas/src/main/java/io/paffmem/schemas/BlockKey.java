package io.paffmem.schemas;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Key of a record of {@link Topics#PERSON_BLOCKS}: 16 bytes that stand for the person, then 16 that
 * stand for the reference to a consent, or zeros for all frames of the person. It names nobody.
 *
 * @param person stands for the person
 * @param consent stands for the reference; null for all frames
 */
public record BlockKey(PersonHash person, @Nullable PersonHash consent) {
  /**
   * Header of the record, UTF-8 text: the {@link PersonHasher#fingerprint} of the key that the
   * hashes are made with; not there without a key. Who reads with another key finds nobody.
   */
  public static final String HASH_KEY = "paffmem.hash-key";

  private static final PersonHash ALL = new PersonHash(0, 0);

  /**
   * Of names.
   *
   * @param consent null for all frames of the person
   */
  public static BlockKey of(PersonHasher hasher, String person, @Nullable String consent) {
    return new BlockKey(hasher.of(person), consent == null ? null : hasher.of(consent));
  }

  /** The 32 bytes. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(2 * PersonHash.BYTES)
        .put(person.toBytes())
        .put((consent == null ? ALL : consent).toBytes())
        .array();
  }

  /** Reads them; null if they are none. */
  public static @Nullable BlockKey of(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length != 2 * PersonHash.BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length));
    PersonHash person = new PersonHash(in.getLong(), in.getLong());
    PersonHash consent = new PersonHash(in.getLong(), in.getLong());
    return new BlockKey(person, consent.equals(ALL) ? null : consent);
  }
}
