package io.paffmem.topology.person;

import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;

/**
 * Stands in rows for a stream, a consent, or the id of a command or of a teaching: short, of one
 * length, and not readable.
 *
 * @param high the first eight bytes
 * @param low the next eight
 */
public record TextHash(long high, long low) {
  /** Of an id, which tells nothing of anybody: without a key. */
  public static TextHash of(String id) {
    return of(PersonHasher.plain().of(id));
  }

  /** The same 16 bytes. */
  public static TextHash of(PersonHash hash) {
    return new TextHash(hash.high(), hash.low());
  }
}
