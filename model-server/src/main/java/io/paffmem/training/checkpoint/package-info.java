/**
 * What a run of training leaves on disk: checkpoints that appear whole, and the table of its
 * losses.
 */
@NullMarked
package io.paffmem.training.checkpoint;

import org.jspecify.annotations.NullMarked;
