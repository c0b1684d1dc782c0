package io.paffmem.topology.store;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.format.HeaderRow;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.WaitingRow;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Loads a person by one range scan. Rows that are damaged or do not fit together never stop the
 * task: that row, or that person's memory, starts over.
 */
final class PersonLoader {
  private final RowStore rows;
  private final MemoryConfig config;
  private final DamagedRows damaged;

  /**
   * A loader of those rows.
   *
   * @param config the parameters that their memories learn by
   */
  PersonLoader(RowStore rows, MemoryConfig config, DamagedRows damaged) {
    this.rows = rows;
    this.config = config;
    this.damaged = damaged;
  }

  /** Tells of damage, and keeps in mind which rows have to go. */
  private final class Mending implements PersonReader.DamagePolicy {
    private final PersonHash person;
    private final List<KeyValue<Bytes, byte[]>> unreadable = new ArrayList<>();

    Mending(PersonHash person) {
      this.person = person;
    }

    @Override
    public void unreadable(Bytes key, byte[] row, MalformedRowException problem) {
      damaged.tell(person, problem.getMessage(), row);
      byte kind = RowKeys.kind(key);
      // The others go with their memory, or are written again.
      if (kind != RowKeys.HEADER && kind != RowKeys.NEURON) {
        unreadable.add(KeyValue.pair(key, row));
      }
    }

    @Override
    public void incomplete(String problem) {
      damaged.tell(person, problem);
    }
  }

  /** Reads one person; one of whom there are no rows is new. */
  Person load(PersonHash hash) {
    Mending mending = new Mending(hash);
    PersonReader reader = new PersonReader(config.dimensions(), config.latentSize(), mending);
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(RowKeys.first(hash), RowKeys.last(hash))) {
      while (each.hasNext()) {
        KeyValue<Bytes, byte[]> row = each.next();
        reader.row(row.key, row.value);
      }
    }
    Optional<HeaderRow> header = reader.header();
    Person person =
        new Person(
            hash,
            new WrittenRows(hash, rows, config.latentSize(), damaged, reader.headerBytes()),
            header.map(HeaderRow::header).orElseGet(PersonHeader::new),
            config.dimensions());
    reader.restoreTo(person);
    mending.unreadable.forEach(row -> drop(person, row));
    if (header.isPresent()) {
      restoreMemory(person, header.get(), reader);
    } else if (reader.isKnown()) {
      beginAnew(person, reader);
    }
    return person;
  }

  private void restoreMemory(Person person, HeaderRow header, PersonReader reader) {
    Optional<MemoryState> memory = reader.memory(header);
    if (memory.isPresent()) {
      person.restore(memory.get());
    } else {
      person.beginGeneration();
      person.markDamaged();
    }
    if (reader.hasFormer()) {
      reader.former().ifPresentOrElse(person::restore, () -> deleteFormer(person.hash()));
    }
  }

  private void deleteFormer(PersonHash person) {
    rows.deleteAll(person, RowKeys.FORMER);
    rows.deleteAll(person, RowKeys.FORMER_NEURON);
    rows.deleteAll(person, RowKeys.FORMER_TAUGHT);
  }

  /** A person without a readable header, in a generation after all that the rows tell of. */
  private void beginAnew(Person person, PersonReader reader) {
    reader.orphans().forEach(rows::delete);
    rows.deleteAll(person.hash(), RowKeys.PAIRS);
    rows.deleteAll(person.hash(), RowKeys.MOMENT);
    person.header().beginAfter(reader.latestGeneration());
    person.markDamaged();
  }

  /**
   * Removes a damaged row. A frame that waited in it is as good as one that could not be read; one
   * that waited for the answer in it asks again.
   */
  private void drop(Person person, KeyValue<Bytes, byte[]> row) {
    if (RowKeys.kind(row.key) == RowKeys.WAITING && !WaitingRow.isReset(row.value)) {
      damaged.countDeadFrame();
    } else if (RowKeys.isOutcome(row.key)) {
      person.forgetAnswer(RowKeys.answer(row.key));
    }
    rows.delete(row.key);
    person.markDamaged();
  }
}
