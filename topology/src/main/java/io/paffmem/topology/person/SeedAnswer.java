package io.paffmem.topology.person;

import org.jspecify.annotations.Nullable;

/**
 * One checked record of the topic {@code seeds}.
 *
 * @param modelVersion the PK that answered
 * @param generation generation of the memory that asked
 * @param pairs the faces with what was wished for; null where there are none
 * @param ofTheRequest whether the seed request is answered; false where only the frame does not
 *     wait any longer ({@link FrameRefusal})
 */
public record SeedAnswer(
    FrameKey frame,
    String modelVersion,
    int generation,
    @Nullable ImaginedFaces pairs,
    boolean ofTheRequest) {}
