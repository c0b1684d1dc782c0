/**
 * How good the vectors of a PK are: what changes of a face they show, and what they leave out.
 * {@link io.paffmem.evaluation.prior.EmbeddedFaces} is what the figures are computed from.
 */
@NullMarked
package io.paffmem.evaluation.prior;

import org.jspecify.annotations.NullMarked;
