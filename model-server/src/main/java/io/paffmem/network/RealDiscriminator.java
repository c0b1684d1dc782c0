package io.paffmem.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * D_real of the paper: four convolutions of stride 2 that tell a real face with its expression from
 * a generated one, y tiled to planes and joined to the input of each, then two dense layers; used
 * in training only. The paper gives no channel counts; these bring the whole to its 16 million.
 */
public final class RealDiscriminator {
  private static final int KERNEL = 5;
  private static final int[] CHANNELS = {16, 32, 64, 128};
  private static final int HIDDEN = 1024;

  private final Ops tf;
  private final NetworkConfig config;
  private final Layers layers;

  public RealDiscriminator(Ops tf, NetworkConfig config, Parameters parameters) {
    this.tf = tf;
    this.config = config;
    this.layers = new Layers(tf, parameters);
  }

  /**
   * Judges whether faces are real and show their expression.
   *
   * @param face n x 96 x 96 x 1, grey in [-1, 1]
   * @param affect n x 2 (arousal, valence) in [-1, 1]
   * @return n x 1 logits, positive for a real face that shows that expression
   */
  public Operand<TFloat32> apply(Operand<TFloat32> face, Operand<TFloat32> affect) {
    Operand<TFloat32> x = face;
    int in = NetworkConfig.CHANNELS;
    int side = NetworkConfig.IMAGE_SIZE;
    for (int i = 0; i < CHANNELS.length; i++) {
      int out = config.generatorChannels(CHANNELS[i]);
      Operand<TFloat32> joined =
          tf.concat(List.of(x, layers.affectPlanes(affect, side)), tf.constant(3));
      x = leaky(layers.convolution("conv" + (i + 1), joined, KERNEL, in + 2, out, 2, 1));
      in = out;
      side /= 2;
    }
    int flat = side * side * in;
    int hidden = config.generatorChannels(HIDDEN);
    Operand<TFloat32> features =
        leaky(layers.dense("hidden", tf.reshape(x, tf.array(-1, flat)), flat, hidden, 1));
    return layers.dense("logit", features, hidden, 1, Math.sqrt(0.5));
  }

  // As a maximum: TensorFlow's optimiser of graphs stumbles over the gradient of LeakyRelu.
  private Operand<TFloat32> leaky(Operand<TFloat32> x) {
    return tf.math.maximum(x, tf.math.mul(x, tf.constant(0.2f)));
  }
}
