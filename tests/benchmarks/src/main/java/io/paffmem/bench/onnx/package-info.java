/**
 * ONNX Runtime on the weights of a PK, the peer that {@code bench encode} measures beside it:
 * {@link io.paffmem.bench.onnx.OnnxPeer} writes E, D_em and G as ONNX models and runs them.
 */
@NullMarked
package io.paffmem.bench.onnx;

import org.jspecify.annotations.NullMarked;
