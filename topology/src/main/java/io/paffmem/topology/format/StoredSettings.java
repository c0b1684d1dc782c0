package io.paffmem.topology.format;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryParameters;
import io.paffmem.schemas.PersonHasher;
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
 * @param hashKey {@link PersonHasher#fingerprint} of the key by which people are found; empty
 *     without one
 */
public record StoredSettings(
    String modelVersion, int seedingFrames, Map<String, String> memory, String hashKey) {
  private static final String MODEL = "model";
  private static final String SEEDING_FRAMES = "seedingFrames";
  private static final String HASH_KEY = "hashKey";
  private static final String PARAMETER = "memory.";

  public static StoredSettings of(TopologyConfig config) {
    return new StoredSettings(
        config.modelVersion(),
        config.seedingFrames(),
        MemoryParameters.of(config.memory()),
        config.hasher().fingerprint());
  }

  /**
   * The configuration that these settings are of; what they do not say is as usual.
   *
   * @param hasher of the key by which people are found
   * @throws StoredMemoryException if they are another release's
   */
  public TopologyConfig topology(int partitions, PersonHasher hasher) {
    try {
      return TopologyConfig.standard(modelVersion, partitions).toBuilder()
          .seedingFrames(seedingFrames)
          .memory(MemoryParameters.changed(MemoryConfig.standard(), memory))
          .hasher(hasher)
          .build();
    } catch (IllegalArgumentException e) {
      throw new StoredMemoryException(
          "the memories are of another release: " + e.getMessage() + "; use that release", e);
    }
  }

  /**
   * Refuses another key than the one by which people are kept: everybody would be somebody new.
   *
   * @param other fingerprint of the key by which they are looked for; empty without one
   * @throws StoredMemoryException saying what to do
   */
  public void checkFoundBy(String other) {
    if (!other.equals(hashKey)) {
      throw new StoredMemoryException(
          "people are kept here %s and would not be found %s: go on as before (--secret FILE, the file \"secret\" in a folder of --data, or none), or export the memories and begin again with the other (docs/security.md, The deployment's secret)"
              .formatted(by(hashKey), by(other)));
    }
  }

  private static String by(String key) {
    return key.isEmpty() ? "without a secret" : "by a secret (" + key + ")";
  }

  Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(MODEL, modelVersion);
    texts.put(SEEDING_FRAMES, Integer.toString(seedingFrames));
    if (!hashKey.isEmpty()) {
      texts.put(HASH_KEY, hashKey);
    }
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
        memory,
        texts.getOrDefault(HASH_KEY, ""));
  }
}
