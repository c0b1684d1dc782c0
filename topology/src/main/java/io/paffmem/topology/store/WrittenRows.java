package io.paffmem.topology.store;

import io.paffmem.memory.MemoryState;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.memory.guard.PersonLook;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.format.FormerRow;
import io.paffmem.topology.format.HeaderRow;
import io.paffmem.topology.format.LookRow;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.MomentRow;
import io.paffmem.topology.format.NeuronRow;
import io.paffmem.topology.format.OutcomeRow;
import io.paffmem.topology.format.PairsRow;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.StreamRow;
import io.paffmem.topology.format.TaughtRow;
import io.paffmem.topology.format.ViewsRow;
import io.paffmem.topology.format.WaitingRow;
import io.paffmem.topology.person.FormerMemory;
import io.paffmem.topology.person.ImaginedFaces;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonRows;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.SeedingProgress;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.person.Waiting;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Writes one person's rows. What changes is written row by row, never the whole memory. */
final class WrittenRows implements PersonRows {
  private final PersonHash person;
  private final RowStore rows;
  private final int latentSize;
  private final DamagedRows damaged;

  /** The header's row as it stands in the store; null if there is none that can be read. */
  private byte @Nullable [] header;

  WrittenRows(
      PersonHash person,
      RowStore rows,
      int latentSize,
      DamagedRows damaged,
      byte @Nullable [] header) {
    this.person = person;
    this.rows = rows;
    this.latentSize = latentSize;
    this.damaged = damaged;
    this.header = header;
  }

  // ---- the queue

  @Override
  public void put(Waiting waiting) {
    rows.put(RowKeys.waiting(person, waiting.index()), WaitingRow.write(waiting));
  }

  @Override
  public void deleteWaiting(long index) {
    rows.delete(RowKeys.waiting(person, index));
  }

  @Override
  public void deleteQueue() {
    rows.deleteAll(person, RowKeys.WAITING);
  }

  // ---- streams

  @Override
  public void deleteStream(TextHash stream) {
    rows.delete(RowKeys.stream(person, stream));
  }

  @Override
  public void deleteStreams() {
    rows.deleteAll(person, RowKeys.STREAM);
  }

  // ---- the memory

  @Override
  public void putMemory(MemoryState memory) {
    for (int slot = 0; slot < memory.size(); slot++) {
      putNeuron(memory, slot);
    }
    memory.taught().moments().forEach(this::put);
  }

  private void putNeuron(MemoryState memory, int slot) {
    rows.put(RowKeys.neuron(person, memory.neuronId(slot)), NeuronRow.write(memory, slot));
  }

  @Override
  public void deleteMemory() {
    rows.deleteAll(person, RowKeys.NEURON);
    rows.deleteAll(person, RowKeys.TAUGHT);
    rows.deleteAll(person, RowKeys.MOMENT);
  }

  @Override
  public void put(TaughtMoment moment) {
    rows.put(RowKeys.taught(person, moment.id()), TaughtRow.write(moment));
  }

  @Override
  public void deleteTaught(String id) {
    rows.delete(RowKeys.taught(person, id));
  }

  @Override
  public void put(int place, Lesson.Moment moment) {
    rows.put(RowKeys.moment(person, place), MomentRow.write(moment));
  }

  @Override
  public List<Lesson.Moment> moments() {
    List<Lesson.Moment> moments = new ArrayList<>();
    for (Bytes key : rows.keys(person, RowKeys.MOMENT)) {
      byte[] row = rows.get(key);
      try {
        if (row != null) {
          moments.add(MomentRow.read(row, latentSize));
        }
      } catch (MalformedRowException e) {
        damaged.tell(person, e.getMessage(), row);
        rows.delete(key);
      }
    }
    return moments;
  }

  @Override
  public void put(FormerMemory former) {
    rows.put(RowKeys.former(person), FormerRow.write(former));
    MemoryState memory = former.memory();
    for (int slot = 0; slot < memory.size(); slot++) {
      rows.put(RowKeys.formerNeuron(person, memory.neuronId(slot)), NeuronRow.write(memory, slot));
    }
    for (TaughtMoment moment : memory.taught().moments()) {
      rows.put(RowKeys.formerTaught(person, moment.id()), TaughtRow.write(moment));
    }
  }

  @Override
  public void deleteFormer() {
    rows.deleteAll(person, RowKeys.FORMER);
    rows.deleteAll(person, RowKeys.FORMER_NEURON);
    rows.deleteAll(person, RowKeys.FORMER_TAUGHT);
  }

  @Override
  public void put(PersonLook look) {
    rows.put(RowKeys.look(person), LookRow.write(look));
  }

  // ---- answers to seed requests

  @Override
  public void put(SeedOutcome.Key key, SeedOutcome outcome) {
    rows.put(RowKeys.outcome(person, key), OutcomeRow.write(outcome));
  }

  @Override
  public void delete(SeedOutcome.Key key) {
    rows.delete(RowKeys.outcome(person, key));
  }

  @Override
  public void putPairs(long number, ImaginedFaces pairs) {
    rows.put(RowKeys.pairs(person, number), PairsRow.write(pairs));
  }

  @Override
  public @Nullable ImaginedFaces pairs(long number) {
    byte[] row = rows.get(RowKeys.pairs(person, number));
    if (row == null) {
      damaged.tell(person, "pairs are missing");
      return null;
    }
    try {
      return PairsRow.read(row, latentSize);
    } catch (MalformedRowException e) {
      damaged.tell(person, e.getMessage(), row);
      return null;
    }
  }

  @Override
  public void deletePairs(long number) {
    rows.delete(RowKeys.pairs(person, number));
  }

  @Override
  public void deletePairsBut(Set<Long> numbers) {
    for (Bytes key : rows.keys(person, RowKeys.PAIRS)) {
      ByteBuffer own = RowKeys.own(key);
      if (own.remaining() != Long.BYTES || !numbers.contains(own.getLong())) {
        rows.delete(key);
      }
    }
  }

  // ---- what changes with each record

  @Override
  public void save(Person changed) {
    MemoryState memory = changed.memory();
    saveNeurons(memory);
    changed
        .takeChangedStreams()
        .forEach(
            (stream, window) -> rows.put(RowKeys.stream(person, stream), StreamRow.write(window)));
    saveLook(changed.look());
    saveViews(changed.header().seeding());
    byte[] row = HeaderRow.write(changed.header(), memory);
    if (header == null || !Arrays.equals(row, header)) {
      rows.put(RowKeys.header(person), row);
      header = row;
    }
  }

  private void saveLook(PersonLook look) {
    if (look.takeChanged()) {
      if (look.isEmpty()) {
        rows.delete(RowKeys.look(person));
      } else {
        put(look);
      }
    }
  }

  private void saveViews(SeedingProgress seeding) {
    if (seeding.takeViewsChanged()) {
      if (seeding.views().isEmpty()) {
        rows.delete(RowKeys.views(person));
      } else {
        rows.put(RowKeys.views(person), ViewsRow.write(seeding.views()));
      }
    }
  }

  private void saveNeurons(MemoryState memory) {
    for (int k = 0; k < memory.removedCount(); k++) {
      rows.delete(RowKeys.neuron(person, memory.removedId(k)));
    }
    for (int slot = 0; slot < memory.size(); slot++) {
      if (memory.isDirty(slot)) {
        putNeuron(memory, slot);
      }
    }
    memory.markClean();
  }
}
