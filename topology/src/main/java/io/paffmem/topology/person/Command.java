package io.paffmem.topology.person;

import io.paffmem.schemas.avro.CommandKind;
import org.jspecify.annotations.Nullable;

/**
 * A checked command about a person, as its receipt repeats it. An import is one, too.
 *
 * @param commandId not empty
 * @param cutoffMillis up to when a forget forgets; of others it says nothing
 * @param upToNow whether a forget forgets whatever has come by now, too
 * @param keepsTeachings whether a reset leaves what was taught
 * @param consent stands for the reference whose frames a block is about; null for all
 * @param timestampMillis the command's time of ingest, which is the receipt's as well
 */
public record Command(
    CommandKind kind,
    String personId,
    String commandId,
    long cutoffMillis,
    boolean upToNow,
    boolean keepsTeachings,
    @Nullable TextHash consent,
    long timestampMillis) {

  /** One that is neither about now nor about a consent, and keeps nothing. */
  public Command(
      CommandKind kind,
      String personId,
      String commandId,
      long cutoffMillis,
      long timestampMillis) {
    this(kind, personId, commandId, cutoffMillis, false, false, null, timestampMillis);
  }

  /** The same, which leaves what was taught. */
  public Command keepingTeachings() {
    return new Command(
        kind, personId, commandId, cutoffMillis, upToNow, true, consent, timestampMillis);
  }

  /** The same with the cut-off that came of it. */
  public Command withCutoff(long effectiveMillis) {
    return new Command(
        kind,
        personId,
        commandId,
        effectiveMillis,
        upToNow,
        keepsTeachings,
        consent,
        timestampMillis);
  }

  /** Stands for its id in rows. */
  public TextHash id() {
    return TextHash.of(commandId);
  }
}
