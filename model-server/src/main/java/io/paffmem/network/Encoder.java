package io.paffmem.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * E of the paper: four convolutions of stride 2 (64, 128, 256, 512 channels at full width), ReLU,
 * then one dense layer. It ends in tanh: the paper says ReLU everywhere, but its uniform prior on
 * [-1, 1] needs a range of [-1, 1].
 *
 * <p>Where the paper is left: the face is grey, one channel, and each of the last three
 * convolutions may be followed by residual blocks ({@link NetworkConfig#encoderBlocks}) of two
 * convolutions of 3 x 3 (He, Zhang, Ren, Sun, Deep Residual Learning, 2016).
 */
public final class Encoder {
  // A wider last layer spreads z over (-1, 1) from the first step.
  private static final double LAST_GAIN = 2;
  private static final int[] CHANNELS = {64, 128, 256, 512};

  private static final int KERNEL = 5;
  private static final int BLOCK_KERNEL = 3;

  /** A block begins as almost nothing, so that a deep network trains like a shallow one. */
  private static final double BLOCK_GAIN = 0.1;

  private final Ops tf;
  private final NetworkConfig config;
  private final Layers layers;

  public Encoder(Ops tf, NetworkConfig config, Parameters parameters) {
    this.tf = tf;
    this.config = config;
    this.layers = new Layers(tf, parameters);
  }

  /**
   * Embeds faces.
   *
   * @param face n x 96 x 96 x 1, grey in [-1, 1]
   * @return z, n x latentSize in (-1, 1)
   */
  public Operand<TFloat32> apply(Operand<TFloat32> face) {
    return embed(features(face));
  }

  /**
   * What the last convolution sees, after its ReLU.
   *
   * @param face n x 96 x 96 x 1, grey in [-1, 1]
   * @return n x 6 x 6 x channels, 0 and up
   */
  public Operand<TFloat32> features(Operand<TFloat32> face) {
    Operand<TFloat32> x = face;
    int in = NetworkConfig.CHANNELS;
    for (int i = 0; i < CHANNELS.length; i++) {
      int out = config.encoderChannels(CHANNELS[i]);
      String name = "conv" + (i + 1);
      x = tf.nn.relu(layers.convolution(name, x, KERNEL, in, out, 2, 1));
      // Not after the first: its maps are large, so a block there would cost most and see least.
      for (int block = 1; i > 0 && block <= config.encoderBlocks(); block++) {
        x = residual(name + "_block" + block, x, out);
      }
      in = out;
    }
    return x;
  }

  private Operand<TFloat32> residual(String name, Operand<TFloat32> x, int channels) {
    Operand<TFloat32> inner =
        tf.nn.relu(layers.convolution(name + "_inner", x, BLOCK_KERNEL, channels, channels, 1, 1));
    Operand<TFloat32> change =
        layers.convolution(name + "_outer", inner, BLOCK_KERNEL, channels, channels, 1, BLOCK_GAIN);
    return tf.nn.relu(tf.math.add(x, change));
  }

  /**
   * The rest of the way.
   *
   * @param features of {@link #features}
   * @return z, n x latentSize in (-1, 1)
   */
  public Operand<TFloat32> embed(Operand<TFloat32> features) {
    int side = NetworkConfig.IMAGE_SIZE >> CHANNELS.length;
    int flat = side * side * config.encoderChannels(CHANNELS[CHANNELS.length - 1]);
    Operand<TFloat32> rows = tf.reshape(features, tf.array(-1, flat));
    return tf.math.tanh(layers.dense("latent", rows, flat, config.latentSize(), LAST_GAIN));
  }
}
