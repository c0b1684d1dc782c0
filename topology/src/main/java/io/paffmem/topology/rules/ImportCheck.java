package io.paffmem.topology.rules;

import io.paffmem.memory.MemoryParameters;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.rules.Checked.Accepted;
import io.paffmem.topology.rules.Checked.Refused;
import org.jspecify.annotations.Nullable;

/** Whether a memory that was sent would answer here as it did where it comes from. */
final class ImportCheck {
  private final TopologyConfig config;

  ImportCheck(TopologyConfig config) {
    this.config = config;
  }

  /** The memory, or why it cannot be imported, in words. */
  Checked<MemoryFile> read(byte[] bytes) {
    try {
      MemoryFile file = MemoryFile.read(bytes);
      String problem = misfit(file, bytes.length);
      return problem == null ? new Accepted<>(file) : new Refused<>(problem);
    } catch (StoredMemoryException e) {
      return new Refused<>(String.valueOf(e.getMessage()));
    }
  }

  /** A memory whose seeding was complete needs no more of it here. */
  int seededHere(MemoryFile file) {
    return file.seededFrames() >= file.seedingFrames()
        ? config.seedingFrames()
        : Math.min(file.seededFrames(), config.seedingFrames());
  }

  /** Null if it fits. */
  private @Nullable String misfit(MemoryFile file, int bytes) {
    if (!file.modelVersion().equals(config.modelVersion())) {
      return "it is a memory of model %s, the active model is %s: numbers of two models do not compare"
          .formatted(file.modelVersion(), config.modelVersion());
    }
    if (bytes > MemoryFile.MOST_BYTES) {
      return "it has %d bytes, at most %d can be imported".formatted(bytes, MemoryFile.MOST_BYTES);
    }
    if (file.seededFrames() < 1 || file.framesPerceived() < 0) {
      return "it counts %d seeded frames and %d perceived ones"
          .formatted(file.seededFrames(), file.framesPerceived());
    }
    return MemoryParameters.difference(file.parameters(), MemoryParameters.of(config.memory()))
        .map(difference -> "it would not answer here as it did: its " + difference)
        .orElse(null);
  }
}
