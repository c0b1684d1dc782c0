package io.paffmem.topology.person;

import io.paffmem.schemas.PersonHash;

/**
 * Stands for a stream's or a command's name in rows: short, of one length, and not readable.
 *
 * @param high the first eight bytes
 * @param low the next eight
 */
public record TextHash(long high, long low) {
  public static TextHash of(String text) {
    PersonHash hash = PersonHash.of(text); // the same 16 bytes of a SHA-256
    return new TextHash(hash.high(), hash.low());
  }
}
