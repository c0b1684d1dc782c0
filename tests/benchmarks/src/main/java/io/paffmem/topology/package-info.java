/** Benchmarks of what is the topology's own business. */
@NullMarked
package io.paffmem.topology;

import org.jspecify.annotations.NullMarked;
