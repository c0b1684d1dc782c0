/** Tests of the search, on scores whose best parameters are known. */
@NullMarked
package io.paffmem.evaluation.search;

import org.jspecify.annotations.NullMarked;
