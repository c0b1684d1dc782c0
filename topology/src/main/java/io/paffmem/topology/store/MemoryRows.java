package io.paffmem.topology.store;

import io.paffmem.memory.Course;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.topology.format.JournalRow;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.NeuronRow;
import io.paffmem.topology.person.Journal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one memory, and whether they are a whole one. */
final class MemoryRows {
  /** Zero as long as it is not known. */
  private int dimensions;

  private @Nullable MemoryLoader loader;
  private final List<Journal.Face> faces = new ArrayList<>();
  private int nextFace;
  private int neurons;

  /**
   * No rows yet.
   *
   * @param dimensions numbers in a prototype; 0 if that is for the first neuron to say
   */
  MemoryRows(int dimensions) {
    this.dimensions = dimensions;
  }

  /** Takes the next neuron, in the order of the ids. */
  void neuron(int id, byte[] row) throws MalformedRowException {
    neurons++;
    if (loader == null) {
      dimensions = dimensions == 0 ? NeuronRow.dimensions(row) : dimensions;
      loader = new MemoryLoader(dimensions);
    }
    NeuronRow.read(id, row, loader);
  }

  /** Takes the next face that was learnt since, in the order of learning. */
  void face(int place, byte[] row) throws MalformedRowException {
    boolean next = place == nextFace;
    nextFace = place + 1;
    if (!next || dimensions == 0) {
      throw new MalformedRowException("journal, a face or the neurons before are missing");
    }
    faces.add(JournalRow.read(row, MemoryConfig.latentSizeOf(dimensions)));
  }

  boolean isEmpty() {
    return neurons == 0 && faces.isEmpty();
  }

  /**
   * The memory as it was when the last of these rows was written.
   *
   * @param told how many rows there have to be
   * @param course of the person's answers up to there
   * @throws MalformedRowException saying why the rows are no whole memory
   */
  MemoryState whole(Journal.Extent told, Course course, Learning learning)
      throws MalformedRowException {
    if (neurons != told.neurons() || faces.size() != told.faces()) {
      throw new MalformedRowException(
          "%d of %d neurons, %d of %d faces"
              .formatted(neurons, told.neurons(), faces.size(), told.faces()));
    }
    MemoryLoader all = loader == null ? new MemoryLoader(Math.max(1, dimensions)) : loader;
    MemoryState memory =
        all.course(course)
            .load(told.nextNeuronId())
            .filter(state -> state.size() > 0 || faces.isEmpty())
            .orElseThrow(() -> new MalformedRowException("neurons that do not fit together"));
    learning.relearn(memory, faces);
    return memory;
  }
}
