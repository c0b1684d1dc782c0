package io.paffmem.topology.person;

import io.paffmem.schemas.avro.CommandKind;

/**
 * A checked command about a person, as its receipt repeats it. An import is one, too.
 *
 * @param commandId not empty
 * @param cutoffMillis up to when a forget forgets; of others it says nothing
 * @param timestampMillis the command's time of ingest, which is the receipt's as well
 */
public record Command(
    CommandKind kind, String personId, String commandId, long cutoffMillis, long timestampMillis) {

  /** Stands for its id in rows. */
  public TextHash id() {
    return TextHash.of(commandId);
  }
}
