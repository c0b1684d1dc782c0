package io.paffmem.topology.store;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.format.HeaderRow;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.person.PersonHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Goes round and round through all persons of a task, and finds those who are silent. */
final class SilentPersons {
  private final RowStore rows;

  /** Where the next look begins; null for the first of all. */
  private @Nullable Bytes next;

  SilentPersons(RowStore rows) {
    this.rows = rows;
  }

  /**
   * Looks at the headers of the next so many persons, beginning again with the first after the
   * last, and returns those who have a memory and of whom no frame came since a time.
   */
  List<PersonHash> since(long silentMillis, int persons) {
    List<PersonHash> silent = new ArrayList<>();
    for (int looked = 0; looked < persons; looked++) {
      Bytes from = next;
      KeyValue<Bytes, byte[]> row = from == null ? null : firstFrom(from);
      if (row == null) {
        next = RowKeys.first(new PersonHash(0, 0));
        return silent;
      }
      PersonHash person = RowKeys.person(row.key);
      if (row.key.equals(RowKeys.header(person))
          && !row.key.equals(RowKeys.settings())
          && isSilent(row.value, silentMillis)) {
        silent.add(person);
      }
      next = RowKeys.after(person);
    }
    return silent;
  }

  private static boolean isSilent(byte[] headerRow, long silentMillis) {
    try {
      HeaderRow header = HeaderRow.read(headerRow);
      long last = header.header().lastFrameMillis();
      return header.neurons() > 0 && last != PersonHeader.NO_FRAME && last < silentMillis;
    } catch (MalformedRowException e) {
      return false; // found and counted when the person is loaded
    }
  }

  private @Nullable KeyValue<Bytes, byte[]> firstFrom(Bytes from) {
    try (KeyValueIterator<Bytes, byte[]> each = rows.range(from, RowKeys.end())) {
      return each.hasNext() ? each.next() : null;
    }
  }
}
