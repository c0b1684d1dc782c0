package io.paffmem.topology.person;

import org.jspecify.annotations.Nullable;

/**
 * One checked answer to a seed request.
 *
 * @param modelVersion the PK that answered
 * @param generation generation of the memory that asked
 * @param pairs the faces with what was wished for; null where there will be none
 */
public record SeedAnswer(
    FrameKey frame, String modelVersion, int generation, @Nullable ImaginedFaces pairs) {}
