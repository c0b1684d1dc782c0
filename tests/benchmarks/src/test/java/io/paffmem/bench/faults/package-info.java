/** Tests of the commands that measure. */
@NullMarked
package io.paffmem.bench.faults;

import org.jspecify.annotations.NullMarked;
