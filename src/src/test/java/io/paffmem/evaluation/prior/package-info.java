/** Tests of the figures of a PK, by PKs that can be worked out by hand. */
@NullMarked
package io.paffmem.evaluation.prior;

import org.jspecify.annotations.NullMarked;
