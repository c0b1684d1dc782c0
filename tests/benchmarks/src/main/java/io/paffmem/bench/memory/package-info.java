/**
 * JMH benchmarks of the affective memory: {@link io.paffmem.bench.memory.MemoryBenchmark} its
 * steps, {@link io.paffmem.bench.memory.DistanceBenchmark} the loop that they spend their time in,
 * as it could be written. {@code ./paffmem jmh} runs them.
 */
@NullMarked
package io.paffmem.bench.memory;

import org.jspecify.annotations.NullMarked;
