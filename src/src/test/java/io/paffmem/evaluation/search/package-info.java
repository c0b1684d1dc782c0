/** Tests of the figures, by PKs that can be worked out by hand. */
@NullMarked
package io.paffmem.evaluation.search;

import org.jspecify.annotations.NullMarked;
