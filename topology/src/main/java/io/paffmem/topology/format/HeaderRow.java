package io.paffmem.topology.format;

import io.paffmem.memory.MemoryState;
import io.paffmem.memory.PersonBias;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.PersonHeader.Blocks;
import io.paffmem.topology.person.PersonHeader.LastCommand;
import io.paffmem.topology.person.TextHash;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A person's header, and what it says about rows of other kinds.
 *
 * @param neurons how many of these there are
 * @param nextNeuronId the id that the next one gets
 * @param bias what is known of the person beside neurons
 */
public record HeaderRow(PersonHeader header, int neurons, int nextNeuronId, PersonBias bias) {
  /** Numbers of fixed length, the flag for a command, the model's length. */
  private static final int BYTES =
      4 + 8 + 2 * 4 + 8 + 2 * 4 + 3 * 8 + PersonBias.BYTES + 1 + 4 + 8 + 2;

  private static final int COMMAND_BYTES = 2 * 8 + 1 + 3 * 4;

  public static byte[] write(PersonHeader header, MemoryState memory) {
    byte[] model = RowFormat.utf8(header.modelVersion());
    ByteBuffer row =
        RowFormat.begin(BYTES + COMMAND_BYTES + model.length + 1 + 2 * 8 * header.blocks().count());
    row.putInt(header.generation()).putLong(header.cutoffMillis());
    row.putInt(header.seeded()).putInt(header.seeding().considered());
    row.putLong(header.framesPerceived());
    row.putInt(memory.size()).putInt(memory.nextNeuronId());
    row.putLong(header.nextWaitingIndex()).putLong(header.nextAnswerNumber());
    row.putLong(header.lastFrameMillis());
    memory.bias().writeTo(row);
    putCommand(row, header.lastCommand());
    RowFormat.putText(row, model);
    row.putLong(header.seeding().sinceMillis());
    row.putShort((short) header.nextMomentPlace());
    putBlocks(row, header.blocks());
    return RowFormat.done(row);
  }

  public static HeaderRow read(byte[] bytes) throws MalformedRowException {
    return RowFormat.read(
        "header",
        bytes,
        row -> {
          int generation = row.getInt();
          long cutoffMillis = row.getLong();
          int seeded = row.getInt();
          int considered = row.getInt();
          long framesPerceived = row.getLong();
          int neurons = row.getInt();
          int nextNeuronId = row.getInt();
          if (neurons < 0 || nextNeuronId < 0) {
            throw new IllegalArgumentException(
                "%d neurons, the next is %d".formatted(neurons, nextNeuronId));
          }
          long nextWaitingIndex = row.getLong();
          long nextAnswerNumber = row.getLong();
          long lastFrameMillis = row.getLong();
          PersonBias bias = PersonBias.readFrom(row);
          LastCommand lastCommand = getCommand(row);
          String modelVersion = RowFormat.getText(row);
          PersonHeader header =
              PersonHeader.restored(
                  generation,
                  cutoffMillis,
                  modelVersion,
                  seeded,
                  considered,
                  row.getLong(),
                  framesPerceived,
                  nextWaitingIndex,
                  nextAnswerNumber,
                  lastFrameMillis,
                  lastCommand);
          header.restoreMomentPlace(row.getShort());
          readBlocks(row, header.blocks());
          return new HeaderRow(header, neurons, nextNeuronId, bias);
        });
  }

  /** Nothing where nothing is refused, as with nearly everybody. */
  private static void putBlocks(ByteBuffer row, Blocks blocks) {
    if (!blocks.isEmpty()) {
      row.put((byte) (blocks.isEverything() ? 1 : 0));
      for (TextHash consent : blocks.consents()) {
        row.putLong(consent.high()).putLong(consent.low());
      }
    }
  }

  private static void readBlocks(ByteBuffer row, Blocks blocks) {
    if (row.hasRemaining()) {
      if (row.get() != 0) {
        blocks.block(null);
      }
      while (row.hasRemaining()) {
        blocks.block(new TextHash(row.getLong(), row.getLong()));
      }
    }
  }

  private static void putCommand(ByteBuffer row, @Nullable LastCommand last) {
    row.put((byte) (last == null ? 0 : 1));
    if (last != null) {
      row.putLong(last.id().high()).putLong(last.id().low());
      row.put((byte) (last.done() ? 1 : 0));
      row.putInt(last.neuronsRemoved()).putInt(last.waitingFramesRemoved());
      row.putInt(last.generation());
    }
  }

  private static @Nullable LastCommand getCommand(ByteBuffer row) {
    if (row.get() == 0) {
      return null;
    }
    TextHash id = new TextHash(row.getLong(), row.getLong());
    return new LastCommand(id, row.get() != 0, row.getInt(), row.getInt(), row.getInt());
  }
}
