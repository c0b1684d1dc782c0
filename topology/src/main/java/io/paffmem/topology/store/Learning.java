package io.paffmem.topology.store;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.MemoryState;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.person.Journal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Learns what stands in journals, by the parameters of their store. */
final class Learning {
  private final Optional<StoredSettings> settings;
  private @Nullable AffectiveMemory memory;

  private Learning(Optional<StoredSettings> settings, @Nullable AffectiveMemory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  /** By parameters that are known. */
  static Learning by(AffectiveMemory memory) {
    return new Learning(Optional.empty(), memory);
  }

  /** By what a store says of itself; empty if that cannot be read. */
  static Learning by(Optional<StoredSettings> settings) {
    return new Learning(settings, null);
  }

  /**
   * Leads a memory as its neurons' rows have it to what it was after the faces.
   *
   * @throws MalformedRowException if these parameters cannot be that memory's
   */
  void relearn(MemoryState state, List<Journal.Face> faces) throws MalformedRowException {
    if (faces.isEmpty()) {
      return;
    }
    if (memory == null) {
      StoredSettings known =
          settings.orElseThrow(
              () -> new MalformedRowException("the store's parameters cannot be read"));
      memory = new AffectiveMemory(known.topology(1).memory());
    }
    if (memory.config().dimensions() != state.dimensions()) {
      throw new MalformedRowException(
          "a memory of %d dimensions in a store of %d"
              .formatted(state.dimensions(), memory.config().dimensions()));
    }
    Journal.relearn(memory, state, faces);
  }
}
