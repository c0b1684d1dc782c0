package io.paffmem.topology.store;

import io.paffmem.topology.config.Names;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.SettingsRow;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.format.StoredSettings;
import java.util.Arrays;
import java.util.List;

/** The row that says what the memories of a store are made with. */
final class KeptSettings {
  /** Other parameters change what a memory does from now on; these, what its numbers are. */
  private static final List<String> MEANING = List.of("dimensions", "reading.priorWeight");

  private final RowStore rows;
  private final DamagedRows damaged;
  private boolean kept;

  KeptSettings(RowStore rows, DamagedRows damaged) {
    this.rows = rows;
    this.damaged = damaged;
  }

  /**
   * Looks, and writes nothing, whether they go with what is written. A damaged row is told when the
   * first change is kept.
   *
   * @throws IllegalStateException if memories that are there mean something else
   * @throws StoredMemoryException if people are found by another key there
   */
  void check(StoredSettings settings) {
    byte[] before = rows.get(RowKeys.settings());
    try {
      if (before != null) {
        checkSameMeaning(settings, SettingsRow.read(before));
      }
    } catch (MalformedRowException e) {
      // Told later, when something can be written.
    }
  }

  /**
   * Writes them once, where something else or nothing is written.
   *
   * @throws IllegalStateException as {@link #check}
   * @throws StoredMemoryException as {@link #check}
   */
  void keep(StoredSettings settings) {
    if (kept) {
      return;
    }
    byte[] row = SettingsRow.write(settings);
    byte[] before = rows.get(RowKeys.settings());
    if (!Arrays.equals(row, before)) {
      if (before != null) {
        try {
          checkSameMeaning(settings, SettingsRow.read(before));
        } catch (MalformedRowException e) {
          damaged.tell(before);
        }
      }
      rows.put(RowKeys.settings(), row);
    }
    kept = true;
  }

  private static void checkSameMeaning(StoredSettings settings, StoredSettings before) {
    before.checkFoundBy(settings.hashKey());
    for (String parameter : MEANING) {
      String now = settings.memory().get(parameter);
      String then = before.memory().getOrDefault(parameter, now);
      if (!String.valueOf(now).equals(then)) {
        throw new IllegalStateException(
            "the memories of this store were made with %s = %s and would be misread with %s: start with %s again, or delete the topic %s and the folders of --state, and with them every memory"
                .formatted(parameter, then, now, then, Names.CHANGELOG));
      }
    }
  }
}
