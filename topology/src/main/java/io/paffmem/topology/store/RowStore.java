package io.paffmem.topology.store;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.format.RowKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The rows of a task, by key. */
final class RowStore {
  private final KeyValueStore<Bytes, byte[]> rows;
  private long written;

  RowStore(KeyValueStore<Bytes, byte[]> rows) {
    this.rows = rows;
  }

  byte @Nullable [] get(Bytes key) {
    return rows.get(key);
  }

  /** Rows from the first key to the second, in order; to be closed. */
  KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return rows.range(from, to);
  }

  void put(Bytes key, byte[] row) {
    written++;
    rows.put(key, row);
  }

  /** Writes a tombstone; unlike the store's own delete it reads nothing. */
  void delete(Bytes key) {
    written++;
    rows.put(key, null);
  }

  /** How many rows were written, tombstones among them. */
  long written() {
    return written;
  }

  /** Keys of one kind of a person's rows. */
  List<Bytes> keys(PersonHash person, byte kind) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(RowKeys.firstOf(person, kind), RowKeys.lastOf(person, kind))) {
      while (each.hasNext()) {
        keys.add(each.next().key);
      }
    }
    return keys;
  }

  void deleteAll(PersonHash person, byte kind) {
    keys(person, kind).forEach(this::delete);
  }
}
