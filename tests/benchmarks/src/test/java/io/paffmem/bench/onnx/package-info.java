/** Tests of the peer that the benchmarks bring. */
@NullMarked
package io.paffmem.bench.onnx;

import org.jspecify.annotations.NullMarked;
