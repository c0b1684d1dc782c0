/**
 * How good the memory is on top of a PK: {@link io.paffmem.evaluation.memory.MemoryEvaluation} on
 * streams of faces, {@link io.paffmem.evaluation.memory.StreamedEvaluation} on events as they come,
 * {@link io.paffmem.evaluation.memory.MemorySearch} over parameters.
 */
@NullMarked
package io.paffmem.evaluation.memory;

import org.jspecify.annotations.NullMarked;
