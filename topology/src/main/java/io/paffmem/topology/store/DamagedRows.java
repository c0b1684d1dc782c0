package io.paffmem.topology.store;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where damage is told: {@code corrupt-rows} counts it, and a dead letter holds the row. */
final class DamagedRows {
  private static final Logger LOG = LoggerFactory.getLogger(DamagedRows.class);
  private static final byte[] NOTHING = {};

  private final Counters counters;
  private final Consumer<byte[]> letters;

  DamagedRows(Counters counters, Consumer<byte[]> letters) {
    this.counters = counters;
    this.letters = letters;
  }

  /** A row of a person, as it stood. */
  void tell(PersonHash person, @Nullable String what, byte[] row) {
    tell(row);
    LOG.warn("Person {} has damaged rows and starts again there: {}", person.shortHex(), what);
  }

  /** Rows of a person that are missing, or do not fit together. */
  void tell(PersonHash person, String what) {
    tell(person, what, NOTHING);
  }

  /** A row that is nobody's. */
  void tell(byte[] row) {
    counters.count(Count.CORRUPT_ROWS);
    letters.accept(row);
  }

  /** A frame that waited in a damaged row is as good as one that could not be read. */
  void countDeadFrame() {
    counters.count(Count.DEAD_FRAMES);
  }
}
