package io.paffmem.topology.format;

import io.paffmem.memory.Course;
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
    Course course) {

  public static byte[] write(FormerMemory former) {
    byte[] model = RowFormat.utf8(former.modelVersion());
    ByteBuffer row = RowFormat.begin(4 + 8 + 4 + 4 + Course.BYTES + 4 + model.length);
    row.putInt(former.seeded()).putLong(former.framesPerceived());
    row.putInt(former.memory().size()).putInt(former.memory().nextNeuronId());
    former.memory().course().writeTo(row);
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
          Course course = Course.readFrom(row);
          return new FormerRow(
              RowFormat.getText(row), seeded, framesPerceived, neurons, nextNeuronId, course);
        });
  }
}
