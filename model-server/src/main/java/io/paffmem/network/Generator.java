package io.paffmem.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * G of the paper: z joined with y, a dense layer to 6 x 6 x 512, transposed convolutions of stride
 * 2 (256, 128, 64, 32 channels at full width), then layers of stride 1 (16, and the face); ReLU,
 * the last tanh.
 *
 * <p>Where the paper is left: the kernels of stride 2 are 4 x 4, a multiple of the stride, so that
 * each pixel is reached by equally many taps (5 x 5 draws a checkerboard: Odena, Dumoulin, Olah,
 * Deconvolution and Checkerboard Artifacts, 2016), and the face has one channel, since E sees grey.
 */
public final class Generator {
  private static final int FIRST_SIDE = 6;
  private static final int FIRST_CHANNELS = 512;
  private static final int[] UPSAMPLED_CHANNELS = {256, 128, 64, 32};
  private static final int UPSAMPLING_KERNEL = 4;
  private static final int REFINED_CHANNELS = 16;
  private static final int REFINING_KERNEL = 3;
  private static final int LAST_KERNEL = 5;

  private final Ops tf;
  private final NetworkConfig config;
  private final Layers layers;

  public Generator(Ops tf, NetworkConfig config, Parameters parameters) {
    this.tf = tf;
    this.config = config;
    this.layers = new Layers(tf, parameters);
  }

  /**
   * Imagines faces.
   *
   * @param z n x latentSize in [-1, 1]
   * @param affect n x 2 (arousal, valence) in [-1, 1]
   * @return the face of z with that expression, n x 96 x 96 x 1, grey in (-1, 1)
   */
  public Operand<TFloat32> apply(Operand<TFloat32> z, Operand<TFloat32> affect) {
    Operand<TFloat32> condition = layers.repeatAffect(affect, config.affectRepeats());
    Operand<TFloat32> joined = tf.concat(List.of(z, condition), tf.constant(1));
    int in = config.generatorChannels(FIRST_CHANNELS);
    Operand<TFloat32> x =
        tf.nn.relu(
            layers.dense(
                "project",
                joined,
                config.latentSize() + 2 * config.affectRepeats(),
                FIRST_SIDE * FIRST_SIDE * in,
                1));
    x = tf.reshape(x, tf.array(-1, FIRST_SIDE, FIRST_SIDE, in));
    int side = FIRST_SIDE;
    for (int i = 0; i < UPSAMPLED_CHANNELS.length; i++) {
      int out = config.generatorChannels(UPSAMPLED_CHANNELS[i]);
      x =
          tf.nn.relu(
              layers.transposedConvolution(
                  "deconv" + (i + 1), x, UPSAMPLING_KERNEL, side, in, out));
      in = out;
      side *= 2;
    }
    int refined = config.generatorChannels(REFINED_CHANNELS);
    x = tf.nn.relu(layers.convolution("refine1", x, REFINING_KERNEL, in, refined, 1, 1));
    return tf.math.tanh(
        layers.convolution(
            "refine2", x, LAST_KERNEL, refined, NetworkConfig.CHANNELS, 1, Math.sqrt(0.5)));
  }
}
