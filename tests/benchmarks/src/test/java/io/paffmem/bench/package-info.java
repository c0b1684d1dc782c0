/** Tests of the arithmetic behind the benchmarks. */
@NullMarked
package io.paffmem.bench;

import org.jspecify.annotations.NullMarked;
