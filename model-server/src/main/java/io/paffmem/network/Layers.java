package io.paffmem.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The three kinds of layer that the PK is made of, with He's initialisation: the paper's N(0, 0.02)
 * hardly moves for the first hundred steps.
 */
final class Layers {
  private static final int STRIDE_UP = 2;
  private static final String SAME = "SAME";

  private final Ops tf;
  private final Parameters parameters;

  Layers(Ops tf, Parameters parameters) {
    this.tf = tf;
    this.parameters = parameters;
  }

  /** n x side x side x in -> n x ceil(side/stride) x ceil(side/stride) x out. */
  Operand<TFloat32> convolution(
      String name, Operand<TFloat32> x, int kernel, int in, int out, int stride, double gain) {
    Operand<TFloat32> weights =
        parameters.normal(
            name + "_kernel",
            Shape.of(kernel, kernel, in, out),
            gain * Math.sqrt(2.0 / (kernel * kernel * in)));
    Operand<TFloat32> bias = parameters.zeros(name + "_bias", Shape.of(out));
    return tf.nn.biasAdd(tf.nn.conv2d(x, weights, strides(stride), SAME), bias);
  }

  /** n x side x side x in -> n x 2*side x 2*side x out; each is known but n. */
  Operand<TFloat32> transposedConvolution(
      String name, Operand<TFloat32> x, int kernel, int side, int in, int out) {
    // An output pixel is reached by (kernel / stride)^2 taps of every input channel.
    double taps = (double) kernel * kernel / (STRIDE_UP * STRIDE_UP);
    Operand<TFloat32> weights =
        parameters.normal(
            name + "_kernel", Shape.of(kernel, kernel, out, in), Math.sqrt(2.0 / (taps * in)));
    Operand<TFloat32> bias = parameters.zeros(name + "_bias", Shape.of(out));
    int grown = STRIDE_UP * side;
    Operand<TInt32> outputShape =
        tf.stack(List.of(rows(x), tf.constant(grown), tf.constant(grown), tf.constant(out)));
    return tf.nn.biasAdd(
        tf.nn.conv2dBackpropInput(outputShape, weights, x, strides(STRIDE_UP), SAME), bias);
  }

  /** n x in -> n x out. */
  Operand<TFloat32> dense(String name, Operand<TFloat32> x, int in, int out, double gain) {
    Operand<TFloat32> weights =
        parameters.normal(name + "_weights", Shape.of(in, out), gain * Math.sqrt(2.0 / in));
    Operand<TFloat32> bias = parameters.zeros(name + "_bias", Shape.of(out));
    return tf.nn.biasAdd(tf.linalg.matMul(x, weights), bias);
  }

  /** n x 2 -> n x 2*repeats: arousal repeated, then valence repeated. */
  Operand<TFloat32> repeatAffect(Operand<TFloat32> affect, int repeats) {
    Operand<TFloat32> columns = tf.reshape(affect, tf.array(-1, 2, 1));
    return tf.reshape(tf.tile(columns, tf.array(1, 1, repeats)), tf.array(-1, 2 * repeats));
  }

  /** n x 2 -> n x side x side x 2: two constant planes. */
  Operand<TFloat32> affectPlanes(Operand<TFloat32> affect, int side) {
    return tf.tile(tf.reshape(affect, tf.array(-1, 1, 1, 2)), tf.array(1, side, side, 1));
  }

  private Operand<TInt32> rows(Operand<TFloat32> x) {
    return tf.reshape(tf.slice(tf.shape(x), tf.array(0), tf.array(1)), tf.constant(Shape.scalar()));
  }

  private static List<Long> strides(int stride) {
    return List.of(1L, (long) stride, (long) stride, 1L);
  }
}
