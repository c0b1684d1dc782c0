package io.paffmem.topology.format;

import io.paffmem.topology.person.SeedOutcome;

/** What {@code seeds} says of a frame; which one stands in the key. */
public final class OutcomeRow {
  private OutcomeRow() {}

  public static byte[] write(SeedOutcome outcome) {
    return RowFormat.done(
        RowFormat.begin(2 * 8 + 1)
            .putLong(outcome.number())
            .putLong(outcome.answerNumber())
            .put(outcome.state().code()));
  }

  public static SeedOutcome read(byte[] bytes) throws MalformedRowException {
    return RowFormat.read(
        "outcome",
        bytes,
        row -> new SeedOutcome(row.getLong(), row.getLong(), SeedOutcome.State.of(row.get())));
  }
}
