package io.paffmem.topology.store;

import io.paffmem.memory.MemoryState;
import io.paffmem.memory.guard.PersonLook;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.format.HeaderRow;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.format.WaitingRow;
import io.paffmem.topology.person.PersonHeader;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One person's rows, read by somebody who changes nothing: what is damaged is said, and left for
 * the stream to mend.
 */
final class StoredRows {
  private StoredRows() {}

  /** Keeps in mind what is damaged first. */
  private static final class Telling implements PersonReader.DamagePolicy {
    private @Nullable String problem;
    private int waitingFrames;

    @Override
    public void unreadable(Bytes key, byte[] row, MalformedRowException damage) {
      if (RowKeys.kind(key) == RowKeys.WAITING) {
        waitingFrames += WaitingRow.isReset(row) ? 0 : 1; // costs that frame alone
      } else {
        incomplete(String.valueOf(damage.getMessage()));
      }
    }

    @Override
    public void incomplete(String damage) {
      problem = problem == null ? damage : problem;
    }
  }

  /**
   * Empty where there is no header, as of the rows that are nobody's.
   *
   * @param rows of the kinds that are told
   * @param withNeurons whether more than headers was read
   * @throws StoredMemoryException if a row has the format of another release
   */
  static Optional<StoredMemory> decode(
      PersonHash person, NavigableMap<Bytes, byte[]> rows, boolean withNeurons) {
    if (!rows.containsKey(RowKeys.header(person)) || person.equals(RowKeys.NOBODY)) {
      return Optional.empty();
    }
    try {
      Telling damage = new Telling();
      PersonReader reader = new PersonReader(0, 0, damage);
      rows.forEach(reader::row);
      return Optional.of(
          reader
              .header()
              .map(header -> told(person, header, reader, damage, withNeurons))
              .orElseGet(() -> damaged(person, damage)));
    } catch (StoredMemoryException e) {
      throw e;
    } catch (IllegalStateException e) {
      throw new StoredMemoryException(String.valueOf(e.getMessage()), e);
    }
  }

  private static StoredMemory told(
      PersonHash person, HeaderRow row, PersonReader reader, Telling damage, boolean withNeurons) {
    PersonHeader header = row.header();
    MemoryState memory = withNeurons ? reader.memory(row).orElse(null) : null;
    return new StoredMemory(
        person,
        header.modelVersion(),
        header.generation(),
        header.seeded(),
        header.framesPerceived(),
        memory == null ? row.neurons() : memory.size(),
        reader.waitingFrames() + damage.waitingFrames,
        StoredMemory.lastFrame(header),
        memory,
        withNeurons ? reader.formerModel() : null,
        damage.problem,
        reader.look());
  }

  private static StoredMemory damaged(PersonHash person, Telling damage) {
    return new StoredMemory(
        person, "", 0, 0, 0, 0, 0, null, null, null, damage.problem, new PersonLook());
  }
}
