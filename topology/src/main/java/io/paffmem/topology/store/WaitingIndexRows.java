package io.paffmem.topology.store;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.MarkerRow;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.person.WaitingIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The index of who waits, as rows that are nobody's. */
final class WaitingIndexRows implements WaitingIndex {
  private final RowStore rows;
  private final DamagedRows damaged;

  WaitingIndexRows(RowStore rows, DamagedRows damaged) {
    this.rows = rows;
    this.damaged = damaged;
  }

  @Override
  public void put(PersonHash person) {
    rows.put(RowKeys.waitingPerson(person), MarkerRow.write());
  }

  @Override
  public void delete(PersonHash person) {
    rows.delete(RowKeys.waitingPerson(person));
  }

  @Override
  public List<PersonHash> persons() {
    List<PersonHash> persons = new ArrayList<>();
    List<Bytes> unreadable = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(RowKeys.firstWaitingPerson(), RowKeys.lastWaitingPerson())) {
      while (each.hasNext()) {
        KeyValue<Bytes, byte[]> row = each.next();
        ByteBuffer own = RowKeys.own(row.key);
        PersonHash person = new PersonHash(own.getLong(), own.getLong());
        persons.add(person); // what counts stands in the key
        try {
          MarkerRow.read("waiting person", row.value);
        } catch (MalformedRowException e) {
          damaged.tell(person, e.getMessage(), row.value);
          unreadable.add(row.key);
        }
      }
    }
    unreadable.forEach(key -> rows.put(key, MarkerRow.write()));
    return persons;
  }
}
