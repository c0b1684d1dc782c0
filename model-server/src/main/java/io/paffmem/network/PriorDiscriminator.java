package io.paffmem.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * D_prior of the paper: four dense layers (64, 32, 16, 1) that tell z from the uniform prior; used
 * in training only.
 */
public final class PriorDiscriminator {
  private static final int[] UNITS = {64, 32, 16};

  private final Ops tf;
  private final NetworkConfig config;
  private final Layers layers;

  public PriorDiscriminator(Ops tf, NetworkConfig config, Parameters parameters) {
    this.tf = tf;
    this.config = config;
    this.layers = new Layers(tf, parameters);
  }

  /**
   * Judges whether z comes from the prior.
   *
   * @param z n x latentSize in [-1, 1]
   * @return n x 1 logits, positive for the prior
   */
  public Operand<TFloat32> apply(Operand<TFloat32> z) {
    Operand<TFloat32> x = z;
    int in = config.latentSize();
    for (int i = 0; i < UNITS.length; i++) {
      x = tf.nn.relu(layers.dense("dense" + (i + 1), x, in, UNITS[i], 1));
      in = UNITS[i];
    }
    return layers.dense("logit", x, in, 1, Math.sqrt(0.5));
  }
}
