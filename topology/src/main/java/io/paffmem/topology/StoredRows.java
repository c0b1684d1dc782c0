package io.paffmem.topology;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.Rows.HeaderRow;
import io.paffmem.topology.Rows.MalformedRowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One person's rows, read by somebody who changes nothing: what is damaged is said, and left for
 * the stream to mend.
 */
final class StoredRows {
  /** Whose rows are nobody's. */
  static final PersonHash NOBODY = RowKeys.person(RowKeys.settings());

  private StoredRows() {}

  /** Whether a {@link StoredMemory} is made of rows of that kind. */
  static boolean holds(Bytes key) {
    byte kind = RowKeys.kind(key);
    return kind == RowKeys.HEADER
        || kind == RowKeys.NEURON
        || kind == RowKeys.JOURNAL
        || kind == RowKeys.WAITING
        || kind == RowKeys.FORMER;
  }

  /** Learns what stands in journals, by the parameters of their store. */
  static final class Learning {
    private final Optional<StoredSettings> settings;
    private @Nullable AffectiveMemory memory;

    Learning(Optional<StoredSettings> settings) {
      this.settings = settings;
    }

    void relearn(MemoryState state, List<Journal.Face> faces) throws MalformedRowException {
      if (faces.isEmpty()) {
        return;
      }
      if (memory == null) {
        StoredSettings known =
            settings.orElseThrow(
                () -> new MalformedRowException("the store's parameters cannot be read", null));
        memory = new AffectiveMemory(known.topology(1).memory());
      }
      if (memory.config().dimensions() != state.dimensions()) {
        throw new MalformedRowException(
            "a memory of %d dimensions in a store of %d"
                .formatted(state.dimensions(), memory.config().dimensions()),
            null);
      }
      Journal.relearn(memory, state, faces);
    }
  }

  /**
   * Empty where there is no header, as of the rows that are nobody's.
   *
   * @param learning null where only headers were read
   */
  static Optional<StoredMemory> decode(
      PersonHash person, NavigableMap<Bytes, byte[]> rows, @Nullable Learning learning) {
    byte[] row = rows.get(RowKeys.header(person));
    if (row == null || person.equals(NOBODY)) {
      return Optional.empty();
    }
    HeaderRow read;
    try {
      read = Rows.header(row);
    } catch (MalformedRowException e) {
      return Optional.of(damaged(person, e));
    } catch (IllegalStateException e) {
      throw new StoredMemoryException(String.valueOf(e.getMessage()), e);
    }
    PersonHeader header = read.header();
    int waiting = 0;
    for (byte[] value :
        rows.subMap(
                RowKeys.firstOf(person, RowKeys.WAITING), RowKeys.lastOf(person, RowKeys.WAITING))
            .values()) {
      waiting += Rows.isQueuedReset(value) ? 0 : 1;
    }
    MemoryState memory = null;
    String damage = null;
    String formerModel = null;
    int neurons = read.neurons();
    if (learning != null) {
      try {
        memory = neurons(person, read, rows, learning);
        neurons = memory.size();
        byte[] former = rows.get(RowKeys.former(person));
        formerModel = former == null ? null : Rows.former(former).modelVersion();
      } catch (MalformedRowException e) {
        damage = e.getMessage();
      } catch (IllegalStateException e) {
        throw new StoredMemoryException(String.valueOf(e.getMessage()), e);
      }
    }
    return Optional.of(
        new StoredMemory(
            person,
            header.modelVersion,
            header.generation,
            header.seeded,
            header.framesPerceived,
            neurons,
            waiting,
            StoredMemory.lastFrame(header),
            memory,
            formerModel,
            damage));
  }

  private static StoredMemory damaged(PersonHash person, MalformedRowException problem) {
    return new StoredMemory(person, "", 0, 0, 0, 0, 0, null, null, null, problem.getMessage());
  }

  private static MemoryState neurons(
      PersonHash person, HeaderRow header, NavigableMap<Bytes, byte[]> rows, Learning learning)
      throws MalformedRowException {
    NavigableMap<Bytes, byte[]> own = ofKind(person, RowKeys.NEURON, rows);
    NavigableMap<Bytes, byte[]> journal = ofKind(person, RowKeys.JOURNAL, rows);
    if (own.size() != header.neurons() || journal.size() != header.journalFaces()) {
      throw new MalformedRowException(
          "%d of %d neurons, %d of %d faces"
              .formatted(own.size(), header.neurons(), journal.size(), header.journalFaces()),
          null);
    }
    int dimensions = own.isEmpty() ? 1 : Rows.dimensions(own.firstEntry().getValue());
    MemoryLoader loader = new MemoryLoader(dimensions).course(header.course());
    for (Map.Entry<Bytes, byte[]> row : own.entrySet()) {
      ByteBuffer key = RowKeys.own(row.getKey());
      if (key.remaining() != Integer.BYTES) {
        throw new MalformedRowException("key of " + key.remaining() + " bytes", null);
      }
      Rows.neuron(key.getInt(), row.getValue(), loader);
    }
    MemoryState memory =
        loader
            .load(header.nextNeuronId())
            .filter(state -> state.size() > 0 || journal.isEmpty())
            .orElseThrow(() -> new MalformedRowException("neurons that do not fit together", null));
    List<Journal.Face> faces = new ArrayList<>();
    for (byte[] row : journal.values()) {
      faces.add(Rows.journal(row, MemoryConfig.latentSizeOf(dimensions)));
    }
    learning.relearn(memory, faces);
    return memory;
  }

  private static NavigableMap<Bytes, byte[]> ofKind(
      PersonHash person, byte kind, NavigableMap<Bytes, byte[]> rows) {
    return rows.subMap(RowKeys.firstOf(person, kind), true, RowKeys.lastOf(person, kind), false);
  }
}
