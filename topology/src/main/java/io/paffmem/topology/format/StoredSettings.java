package io.paffmem.topology.format;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryParameters;
import io.paffmem.topology.config.TopologyConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the memories of a store are made with, kept in the store itself, so that a reader of it need
 * not be told.
 *
 * @param modelVersion the active PK
 * @param seedingFrames how many frames of a newcomer are looked at for seeding
 * @param memory the parameters of the memory, by name
 */
public record StoredSettings(String modelVersion, int seedingFrames, Map<String, String> memory) {
  private static final String MODEL = "model";
  private static final String SEEDING_FRAMES = "seedingFrames";
  private static final String PARAMETER = "memory.";

  public static StoredSettings of(TopologyConfig config) {
    return new StoredSettings(
        config.modelVersion(), config.seedingFrames(), MemoryParameters.of(config.memory()));
  }

  /**
   * The configuration that these settings are of; what they do not say is as usual.
   *
   * @throws StoredMemoryException if they are another release's
   */
  public TopologyConfig topology(int partitions) {
    try {
      return TopologyConfig.standard(modelVersion, partitions).toBuilder()
          .seedingFrames(seedingFrames)
          .memory(MemoryParameters.changed(MemoryConfig.standard(), memory))
          .build();
    } catch (IllegalArgumentException e) {
      throw new StoredMemoryException(
          "the memories are of another release: " + e.getMessage() + "; use that release", e);
    }
  }

  Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(MODEL, modelVersion);
    texts.put(SEEDING_FRAMES, Integer.toString(seedingFrames));
    memory.forEach((name, value) -> texts.put(PARAMETER + name, value));
    return texts;
  }

  /**
   * Reads what {@link #toTexts} made.
   *
   * @throws IllegalArgumentException if that is not it
   */
  static StoredSettings of(Map<String, String> texts) {
    Map<String, String> memory = new LinkedHashMap<>();
    texts.forEach(
        (name, value) -> {
          if (name.startsWith(PARAMETER)) {
            memory.put(name.substring(PARAMETER.length()), value);
          }
        });
    return new StoredSettings(
        texts.getOrDefault(MODEL, ""),
        Integer.parseInt(texts.getOrDefault(SEEDING_FRAMES, "")),
        memory);
  }
}
