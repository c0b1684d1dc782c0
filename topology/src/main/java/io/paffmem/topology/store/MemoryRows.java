package io.paffmem.topology.store;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.PersonBias;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.NeuronRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one memory, and whether they are a whole one. */
final class MemoryRows {
  /** Zero as long as neither a neuron nor a teaching has said it. */
  private int dimensions;

  private @Nullable MemoryLoader loader;
  private int neurons;
  private final List<TaughtMoment> taught = new ArrayList<>();

  /**
   * No rows yet.
   *
   * @param dimensions numbers in a prototype; 0 if that is for the first row to say
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

  /** Takes a teaching. */
  void taught(TaughtMoment moment) {
    dimensions = dimensions == 0 ? MemoryConfig.dimensionsFor(moment.z().length) : dimensions;
    taught.add(moment);
  }

  boolean isEmpty() {
    return neurons == 0;
  }

  /**
   * The memory as it was when the last of these rows was written.
   *
   * @param told how many neurons there have to be
   * @param nextNeuronId the id that the next one gets
   * @param bias what is known of the person beside neurons
   * @throws MalformedRowException saying why the rows are no whole memory
   */
  MemoryState whole(int told, int nextNeuronId, PersonBias bias) throws MalformedRowException {
    if (neurons != told) {
      throw new MalformedRowException("%d of %d neurons".formatted(neurons, told));
    }
    MemoryLoader all = loader == null ? new MemoryLoader(Math.max(1, dimensions)) : loader;
    taught.forEach(all::taught);
    return all.bias(bias)
        .load(nextNeuronId)
        .orElseThrow(() -> new MalformedRowException("neurons that do not fit together"));
  }
}
