package io.paffmem.topology.format;

import io.paffmem.memory.PersonBias;
import io.paffmem.topology.person.FormerMemory;
import java.nio.ByteBuffer;

/**
 * What is kept of the memory of the model before beside its neurons, which are rows of their own.
 *
 * @param neurons how many of these there are
 */
public record FormerRow(
    String modelVersion,
    int seeded,
    long framesPerceived,
    int neurons,
    int nextNeuronId,
    PersonBias bias) {

  public static byte[] write(FormerMemory former) {
    byte[] model = RowFormat.utf8(former.modelVersion());
    ByteBuffer row = RowFormat.begin(4 + 8 + 4 + 4 + PersonBias.BYTES + 4 + model.length);
    row.putInt(former.seeded()).putLong(former.framesPerceived());
    row.putInt(former.memory().size()).putInt(former.memory().nextNeuronId());
    former.memory().bias().writeTo(row);
    RowFormat.putText(row, model);
    return RowFormat.done(row);
  }

  public static FormerRow read(byte[] bytes) throws MalformedRowException {
    return RowFormat.read(
        "former memory",
        bytes,
        row -> {
          int seeded = row.getInt();
          long framesPerceived = row.getLong();
          int neurons = row.getInt();
          int nextNeuronId = row.getInt();
          PersonBias bias = PersonBias.readFrom(row);
          return new FormerRow(
              RowFormat.getText(row), seeded, framesPerceived, neurons, nextNeuronId, bias);
        });
  }
}
