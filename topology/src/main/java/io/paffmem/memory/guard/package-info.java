/**
 * The guard of a memory: {@link io.paffmem.memory.guard.FaceGuard} tells whether a frame shows the
 * person whose memory it is, by the {@link io.paffmem.memory.guard.PersonLook} and the looks of a
 * stream ({@link io.paffmem.memory.guard.StreamLook}). Pure arithmetic, as the memory's.
 */
@NullMarked
package io.paffmem.memory.guard;

import org.jspecify.annotations.NullMarked;
