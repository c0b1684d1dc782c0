package io.paffmem.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** D_em of the paper: two dense layers on z, ReLU then tanh; the PK's own arousal and valence. */
public final class EmotionDiscriminator {
  private static final int HIDDEN = 64;

  private final Ops tf;
  private final NetworkConfig config;
  private final Layers layers;

  public EmotionDiscriminator(Ops tf, NetworkConfig config, Parameters parameters) {
    this.tf = tf;
    this.config = config;
    this.layers = new Layers(tf, parameters);
  }

  /**
   * Reads affect from z.
   *
   * @param z n x latentSize in [-1, 1]
   * @return affect, n x 2 (arousal, valence) in (-1, 1)
   */
  public Operand<TFloat32> apply(Operand<TFloat32> z) {
    Operand<TFloat32> hidden =
        tf.nn.relu(layers.dense("hidden", z, config.latentSize(), HIDDEN, 1));
    return tf.math.tanh(layers.dense("affect", hidden, HIDDEN, 2, Math.sqrt(0.5)));
  }
}
