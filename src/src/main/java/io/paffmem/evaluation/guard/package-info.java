/**
 * What the guard of a memory lets in and keeps out: {@link io.paffmem.evaluation.guard.GuardTrial}
 * lets people step in front of one another and counts.
 */
@NullMarked
package io.paffmem.evaluation.guard;

import org.jspecify.annotations.NullMarked;
