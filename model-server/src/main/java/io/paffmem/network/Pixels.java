package io.paffmem.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Between the bytes of a picture and the numbers of a network. */
public final class Pixels {
  // ITU-R BT.601 luma.
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  private Pixels() {}

  /**
   * The face as the networks see it. Colour is dropped: most labelled faces are grey, and a feed's
   * white balance must not move the answer.
   *
   * @param rgb n x 96 x 96 x 3, 0 to 255
   * @return n x 96 x 96 x 3 in [-1, 1], three equal channels
   */
  public static Operand<TFloat32> fromRgb(Ops tf, Operand<TUint8> rgb) {
    Operand<TFloat32> colour = tf.dtypes.cast(rgb, TFloat32.class);
    Operand<TFloat32> weighted = tf.math.mul(colour, tf.constant(LUMA));
    Operand<TFloat32> grey = tf.reduceSum(weighted, tf.constant(3), ReduceSum.keepDims(true));
    return scale(tf, grey);
  }

  /**
   * What {@link #fromRgb} repeats in three channels, as one: for {@link Encoder#applyGrey}. A
   * convolution of one pixel, because TensorFlow sums over three neighbours slowly.
   *
   * @param rgb n x 96 x 96 x 3, 0 to 255
   * @return n x 96 x 96 x 1 in [-1, 1]
   */
  public static Operand<TFloat32> greyFromRgb(Ops tf, Operand<TUint8> rgb) {
    float[] weights = new float[LUMA.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = LUMA[i] / 127.5f;
    }
    Operand<TFloat32> kernel =
        tf.reshape(tf.constant(weights), tf.array(1, 1, NetworkConfig.CHANNELS, 1));
    Operand<TFloat32> grey =
        tf.nn.conv2d(tf.dtypes.cast(rgb, TFloat32.class), kernel, List.of(1L, 1L, 1L, 1L), "SAME");
    return tf.nn.biasAdd(grey, tf.constant(new float[] {-1}));
  }

  /**
   * The face as the networks see it, from luminance values.
   *
   * @param grey n x 96 x 96 x 1, 0 to 255
   * @return n x 96 x 96 x 3 in [-1, 1], three equal channels
   */
  public static Operand<TFloat32> fromGrey(Ops tf, Operand<TUint8> grey) {
    return scale(tf, tf.dtypes.cast(grey, TFloat32.class));
  }

  /**
   * A face without its colours.
   *
   * @param face n x 96 x 96 x 3 in [-1, 1]
   * @return n x 96 x 96 x 1 in [-1, 1]
   */
  static Operand<TFloat32> grey(Ops tf, Operand<TFloat32> face) {
    Operand<TFloat32> weighted = tf.math.mul(face, tf.constant(LUMA));
    return tf.reduceSum(weighted, tf.constant(3), ReduceSum.keepDims(true));
  }

  /** n x 96 x 96 x 1 to three equal channels. */
  static Operand<TFloat32> repeated(Ops tf, Operand<TFloat32> grey) {
    return tf.tile(grey, tf.array(1, 1, 1, NetworkConfig.CHANNELS));
  }

  /**
   * A face as a picture.
   *
   * @param face n x 96 x 96 x 3 in [-1, 1]
   * @return n x 96 x 96 x 3, 0 to 255
   */
  public static Operand<TUint8> toRgb(Ops tf, Operand<TFloat32> face) {
    Operand<TFloat32> scaled = tf.math.mul(tf.math.add(face, tf.constant(1f)), tf.constant(127.5f));
    Operand<TFloat32> clipped =
        tf.clipByValue(tf.math.round(scaled), tf.constant(0f), tf.constant(255f));
    return tf.dtypes.cast(clipped, TUint8.class);
  }

  private static Operand<TFloat32> scale(Ops tf, Operand<TFloat32> grey) {
    Operand<TFloat32> unit =
        tf.math.sub(tf.math.mul(grey, tf.constant(1 / 127.5f)), tf.constant(1f));
    return repeated(tf, unit);
  }
}
