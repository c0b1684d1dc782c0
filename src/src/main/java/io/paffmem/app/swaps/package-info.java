/** The command {@code swaps}, which measures the guard of the memory. */
@NullMarked
package io.paffmem.app.swaps;

import org.jspecify.annotations.NullMarked;
