/**
 * The graphs that are trained: the networks with their losses (eqs. 1 to 6 of the paper and our
 * own), the optimiser, averages of the weights.
 */
@NullMarked
package io.paffmem.training.graph;

import org.jspecify.annotations.NullMarked;
