package io.paffmem.topology.store;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.WaitingIndex;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Persons as rows of the task's store. A person is loaded by one range scan; what changes later is
 * written row by row, so that a frame costs its neurons and not the whole memory.
 *
 * <p>Rows that are damaged or do not fit together never stop the task: that row, or that person's
 * memory, starts over, {@code corrupt-rows} counts it, and a dead letter holds the row.
 */
public final class PersonStore {
  private final RowStore rows;
  private final PersonLoader loader;
  private final SilentPersons silent;
  private final WaitingIndex waitingIndex;
  private final KeptSettings settings;

  /**
   * Persons in those rows.
   *
   * @param memory the parameters that their memories learn by
   * @param damagedRows gets each damaged row as it stood; empty where one is missing
   */
  public PersonStore(
      KeyValueStore<Bytes, byte[]> rows,
      MemoryConfig memory,
      Counters counters,
      Consumer<byte[]> damagedRows) {
    this.rows = new RowStore(rows);
    DamagedRows damaged = new DamagedRows(counters, damagedRows);
    this.loader = new PersonLoader(this.rows, memory, damaged);
    this.silent = new SilentPersons(this.rows);
    this.waitingIndex = new WaitingIndexRows(this.rows, damaged);
    this.settings = new KeptSettings(this.rows, damaged);
  }

  /** Reads one person; one of whom there are no rows is new. */
  public Person load(PersonHash person) {
    return loader.load(person);
  }

  /**
   * Reads one person and changes nothing, whatever is damaged; empty if there are no rows.
   *
   * @throws StoredMemoryException if a row has the format of another release
   */
  public Optional<StoredMemory> read(PersonHash person) {
    NavigableMap<Bytes, byte[]> told = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(RowKeys.first(person), RowKeys.last(person))) {
      while (each.hasNext()) {
        KeyValue<Bytes, byte[]> row = each.next();
        if (RowKeys.isTold(row.key)) {
          told.put(row.key, row.value);
        }
      }
    }
    return StoredRows.decode(person, told, true);
  }

  /**
   * Looks at the headers of the next so many persons, beginning again with the first after the
   * last, and returns those who have a memory and of whom no frame came since a time.
   */
  public List<PersonHash> silentSince(long silentMillis, int persons) {
    return silent.since(silentMillis, persons);
  }

  /** Who has waiting frames. */
  public WaitingIndex waitingIndex() {
    return waitingIndex;
  }

  /**
   * Looks whether memories that are there are made with this, and writes nothing.
   *
   * @throws IllegalStateException if they mean something else
   * @throws StoredMemoryException if people are found by another key there
   */
  public void checkSettings(StoredSettings made) {
    settings.check(made);
  }

  /**
   * Writes what the memories are made with, where something else or nothing is written.
   *
   * @throws IllegalStateException as {@link #checkSettings}
   * @throws StoredMemoryException as {@link #checkSettings}
   */
  public void keepSettings(StoredSettings made) {
    settings.keep(made);
  }

  /** How many rows were written by this task, deletions among them. */
  public long rowsWritten() {
    return rows.written();
  }

  /** Writes to the changelog and changes nothing. */
  public void writeNothing() {
    rows.delete(RowKeys.none());
  }
}
