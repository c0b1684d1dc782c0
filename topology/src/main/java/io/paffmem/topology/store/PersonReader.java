package io.paffmem.topology.store;

import io.paffmem.memory.MemoryState;
import io.paffmem.memory.guard.PersonLook;
import io.paffmem.topology.format.FormerRow;
import io.paffmem.topology.format.HeaderRow;
import io.paffmem.topology.format.LookRow;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.OutcomeRow;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.StreamRow;
import io.paffmem.topology.format.TaughtRow;
import io.paffmem.topology.format.ViewsRow;
import io.paffmem.topology.format.WaitingRow;
import io.paffmem.topology.person.FormerMemory;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.StreamWindow;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.person.View;
import io.paffmem.topology.person.Waiting;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads one person's rows, one after the other as they are ordered, and says what is a whole
 * memory. What is done about damage is the reader's who asks.
 *
 * <p>Rows without a readable header are a person who starts over. Only what waits and what is known
 * of streams is read of them, so that no frame is lost or answered twice.
 */
final class PersonReader {
  /** What to do about damage. */
  interface DamagePolicy {
    /** That row cannot be read; nothing of it is in what was read. */
    void unreadable(Bytes key, byte[] row, MalformedRowException problem);

    /** A row is missing, or rows do not fit together. */
    void incomplete(String problem);
  }

  private final int latentSize;
  private final DamagePolicy damage;
  private final MemoryRows memory;
  private final MemoryRows formerMemory;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<TextHash, StreamWindow> streams = new LinkedHashMap<>();
  private final Map<SeedOutcome.Key, SeedOutcome> outcomes = new LinkedHashMap<>();
  private final List<View> views = new ArrayList<>();
  private PersonLook look = new PersonLook();
  private final List<Bytes> orphans = new ArrayList<>();
  private @Nullable HeaderRow header;
  private byte @Nullable [] headerBytes;
  private @Nullable FormerRow former;
  private boolean any;
  private boolean memoryReadable = true;
  private boolean formerReadable = true;
  private int latestGeneration = -1;

  /**
   * Nothing is read yet.
   *
   * @param dimensions numbers in a prototype; 0 if that is for the rows to say
   * @param latentSize numbers in z; 0 likewise
   */
  PersonReader(int dimensions, int latentSize, DamagePolicy damage) {
    this.latentSize = latentSize;
    this.damage = damage;
    this.memory = new MemoryRows(dimensions);
    this.formerMemory = new MemoryRows(dimensions);
  }

  /** Reads the next row. */
  void row(Bytes key, byte[] row) {
    byte kind = RowKeys.kind(key);
    boolean first = !any;
    any = true;
    if (first && kind != RowKeys.HEADER) {
      damage.incomplete("no header");
    }
    boolean kept = kind == RowKeys.WAITING || kind == RowKeys.STREAM;
    if (kind != RowKeys.HEADER && header == null && !kept) {
      orphan(key, kind);
      return;
    }
    try {
      read(kind, key, row);
    } catch (BufferUnderflowException e) {
      unreadable(key, row, new MalformedRowException("key of " + key.get().length + " bytes", e));
    } catch (MalformedRowException e) {
      unreadable(key, row, e);
    }
  }

  private void orphan(Bytes key, byte kind) {
    ByteBuffer own = RowKeys.own(key);
    if (kind == RowKeys.OUTCOME && own.remaining() >= Integer.BYTES) {
      latestGeneration = Math.max(latestGeneration, own.getInt());
    }
    orphans.add(key);
  }

  private void unreadable(Bytes key, byte[] row, MalformedRowException problem) {
    byte kind = RowKeys.kind(key);
    memoryReadable &= kind != RowKeys.NEURON;
    formerReadable &= kind != RowKeys.FORMER && kind != RowKeys.FORMER_NEURON;
    if (kind == RowKeys.HEADER) {
      orphans.add(key);
    }
    damage.unreadable(key, row, problem);
  }

  private void read(byte kind, Bytes key, byte[] row) throws MalformedRowException {
    ByteBuffer own = RowKeys.own(key);
    switch (kind) {
      case RowKeys.HEADER -> {
        header = HeaderRow.read(row);
        headerBytes = row;
      }
      case RowKeys.NEURON -> memory.neuron(own.getInt(), row);
      case RowKeys.FORMER -> former = FormerRow.read(row);
      case RowKeys.FORMER_NEURON -> formerMemory.neuron(own.getInt(), row);
      case RowKeys.TAUGHT -> memory.taught(TaughtRow.read(row));
      case RowKeys.FORMER_TAUGHT -> formerMemory.taught(TaughtRow.read(row));
      case RowKeys.WAITING -> waiting.add(waiting(own.getLong(), row));
      case RowKeys.OUTCOME -> outcomes.put(RowKeys.answer(key), OutcomeRow.read(row));
      case RowKeys.VIEWS -> views.addAll(ViewsRow.read(row, latentSize));
      case RowKeys.LOOK -> look = LookRow.read(row);
      case RowKeys.STREAM ->
          streams.put(new TextHash(own.getLong(), own.getLong()), StreamRow.read(row));
      default -> throw new MalformedRowException("kind " + kind);
    }
  }

  private Waiting waiting(long index, byte[] row) throws MalformedRowException {
    Waiting read = WaitingRow.read(index, row);
    if (read instanceof Waiting.Frame frame) {
      int numbers = frame.face().z().length;
      if (latentSize != 0 && numbers != latentSize) {
        throw new MalformedRowException("waiting, z of " + numbers);
      }
      latestGeneration = Math.max(latestGeneration, frame.askedGeneration());
    }
    return read;
  }

  // ---- what was read

  /** Whether there are rows at all. */
  boolean isKnown() {
    return any;
  }

  /** Empty if there is none, or none that can be read. */
  Optional<HeaderRow> header() {
    return Optional.ofNullable(header);
  }

  /** The header's row, if it can be read. */
  byte @Nullable [] headerBytes() {
    return headerBytes;
  }

  /** Hands over all but the neurons: what waits, streams, answers to requests, views, the look. */
  void restoreTo(Person person) {
    waiting.forEach(person::restore);
    streams.forEach(person::restore);
    outcomes.forEach(person.outcomes()::restore);
    person.restore(views);
    person.restore(look);
  }

  /** How the person looks; empty where nothing is known, or it cannot be read. */
  PersonLook look() {
    return look;
  }

  int waitingFrames() {
    return (int) waiting.stream().filter(each -> each instanceof Waiting.Frame).count();
  }

  /** Rows that mean nothing without a header that can be read, the damaged header among them. */
  List<Bytes> orphans() {
    return orphans;
  }

  /** The latest generation that rows without a header tell of; -1 if they tell of none. */
  int latestGeneration() {
    return latestGeneration;
  }

  /** The memory; empty if its rows are not whole, which was told. */
  Optional<MemoryState> memory(HeaderRow of) {
    if (!memoryReadable) {
      return Optional.empty();
    }
    try {
      if ((of.neurons() == 0) != (of.header().seeded() == 0)) {
        throw new MalformedRowException(
            "%d neurons of %d seeded frames".formatted(of.neurons(), of.header().seeded()));
      }
      return Optional.of(memory.whole(of.neurons(), of.nextNeuronId(), of.bias()));
    } catch (MalformedRowException e) {
      damage.incomplete(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The PK of the memory that is kept of the model before; null if none is. */
  @Nullable String formerModel() {
    return former == null ? null : former.modelVersion();
  }

  /** Whether there are rows of a memory of the model before. */
  boolean hasFormer() {
    return former != null || !formerMemory.isEmpty();
  }

  /** The memory of the model before; empty if there is none that is whole, which was told. */
  Optional<FormerMemory> former() {
    FormerRow row = former;
    try {
      if (row == null || row.neurons() == 0 || !formerReadable) {
        throw new MalformedRowException("a row of it is missing or damaged");
      }
      return Optional.of(
          new FormerMemory(
              row.modelVersion(),
              row.seeded(),
              row.framesPerceived(),
              formerMemory.whole(row.neurons(), row.nextNeuronId(), row.bias())));
    } catch (MalformedRowException e) {
      damage.incomplete("the former memory is not whole: " + e.getMessage());
      return Optional.empty();
    }
  }
}
