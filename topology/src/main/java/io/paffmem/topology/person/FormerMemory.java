package io.paffmem.topology.person;

import io.paffmem.memory.MemoryState;

/**
 * A seeded memory of the model before the active one. It answers frames of its own model, and
 * learns no more, until the person's new memory is seeded.
 *
 * @param modelVersion the PK whose z it holds
 * @param seeded the number of frames that were looked at for its seeding, which is over
 * @param framesPerceived frames that it recognised and learnt from
 */
public record FormerMemory(
    String modelVersion, int seeded, long framesPerceived, MemoryState memory) {}
