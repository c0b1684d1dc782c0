package io.paffmem.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How sure D_em is: two dense layers on z that tell the standard deviation of the label around what
 * D_em says. It is not in the paper.
 */
public final class UncertaintyHead {
  private static final String HIDDEN_LAYER = "hidden";
  private static final String LAST_LAYER = "deviation";
  private static final int HIDDEN = 16;
  private static final int AXES = 2;

  /** A deviation is between these; labels lie in [-1, 1]. */
  private static final double SMALLEST = 0.02;

  private static final double LARGEST = 1.5;

  private final Ops tf;
  private final NetworkConfig config;
  private final Layers layers;

  public UncertaintyHead(Ops tf, NetworkConfig config, Parameters parameters) {
    this.tf = tf;
    this.config = config;
    this.layers = new Layers(tf, parameters);
  }

  /**
   * How far the label may be from what D_em reads from z.
   *
   * @param z n x latentSize in [-1, 1]
   * @return n x 2 standard deviations (of arousal, of valence), 0.02 to 1.5
   */
  public Operand<TFloat32> apply(Operand<TFloat32> z) {
    return tf.math.exp(logarithm(z));
  }

  /** The natural logarithm of {@link #apply}. */
  public Operand<TFloat32> logarithm(Operand<TFloat32> z) {
    Operand<TFloat32> hidden =
        tf.nn.relu(layers.dense(HIDDEN_LAYER, z, config.latentSize(), HIDDEN, 1));
    return tf.clipByValue(
        layers.dense(LAST_LAYER, hidden, HIDDEN, AXES, 0.1),
        tf.constant((float) Math.log(SMALLEST)),
        tf.constant((float) Math.log(LARGEST)));
  }

  /** Name of the bias whose growth by ln f makes every deviation f times as large. */
  public static String scaleBias(String network) {
    return network + "_" + LAST_LAYER + "_bias";
  }
}
