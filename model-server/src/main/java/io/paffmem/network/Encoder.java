package io.paffmem.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * E of the paper: four convolutions of stride 2 (64, 128, 256, 512 channels at full width), ReLU,
 * then one dense layer. It ends in tanh: the paper says ReLU everywhere, but its uniform prior on
 * [-1, 1] needs a range of [-1, 1].
 */
public final class Encoder {
  // A wider last layer spreads z over (-1, 1) from the first step.
  private static final double LAST_GAIN = 2;
  private static final int[] CHANNELS = {64, 128, 256, 512};

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
   * @param face n x 96 x 96 x 3 in [-1, 1]
   * @return z, n x latentSize in (-1, 1)
   */
  public Operand<TFloat32> apply(Operand<TFloat32> face) {
    return embed(features(face));
  }

  /**
   * The same for a grey face, in fewer steps: what would be three equal channels is read as one.
   *
   * @param grey n x 96 x 96 x 1 in [-1, 1]
   * @return z, n x latentSize in (-1, 1)
   */
  public Operand<TFloat32> applyGrey(Operand<TFloat32> grey) {
    return embed(featuresOfGrey(grey));
  }

  /**
   * What the last convolution sees, after its ReLU.
   *
   * @param face n x 96 x 96 x 3 in [-1, 1]
   * @return n x 6 x 6 x channels, 0 and up
   */
  public Operand<TFloat32> features(Operand<TFloat32> face) {
    int out = config.channels(CHANNELS[0]);
    return afterFirst(layers.convolution("conv1", face, NetworkConfig.CHANNELS, out, 2, 1));
  }

  /** {@link #features} of a grey face, n x 96 x 96 x 1. */
  public Operand<TFloat32> featuresOfGrey(Operand<TFloat32> grey) {
    int out = config.channels(CHANNELS[0]);
    return afterFirst(
        layers.equalChannelsConvolution("conv1", grey, NetworkConfig.CHANNELS, out, 2, 1));
  }

  private Operand<TFloat32> afterFirst(Operand<TFloat32> convolved) {
    Operand<TFloat32> x = tf.nn.relu(convolved);
    int in = config.channels(CHANNELS[0]);
    for (int i = 1; i < CHANNELS.length; i++) {
      int out = config.channels(CHANNELS[i]);
      x = tf.nn.relu(layers.convolution("conv" + (i + 1), x, in, out, 2, 1));
      in = out;
    }
    return x;
  }

  /**
   * The rest of the way.
   *
   * @param features of {@link #features}
   * @return z, n x latentSize in (-1, 1)
   */
  public Operand<TFloat32> embed(Operand<TFloat32> features) {
    int side = NetworkConfig.IMAGE_SIZE >> CHANNELS.length;
    int flat = side * side * config.channels(CHANNELS[CHANNELS.length - 1]);
    Operand<TFloat32> rows = tf.reshape(features, tf.array(-1, flat));
    return tf.math.tanh(layers.dense("latent", rows, flat, config.latentSize(), LAST_GAIN));
  }
}
