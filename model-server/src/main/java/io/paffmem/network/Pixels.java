package io.paffmem.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Between the bytes of a picture and the numbers of a network. */
public final class Pixels {
  // ITU-R BT.601 luma.
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};
  private static final float HALF = 127.5f;

  private Pixels() {}

  /**
   * The face as the networks see it, from a picture. A convolution of one pixel, because TensorFlow
   * sums over three neighbours slowly.
   *
   * @param rgb n x 96 x 96 x 3, 0 to 255
   * @return n x 96 x 96 x 1, grey in [-1, 1]
   */
  public static Operand<TFloat32> fromRgb(Ops tf, Operand<TUint8> rgb) {
    float[] weights = new float[LUMA.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = LUMA[i] / HALF;
    }
    Operand<TFloat32> kernel =
        tf.reshape(tf.constant(weights), tf.array(1, 1, NetworkConfig.COLOURS, 1));
    Operand<TFloat32> grey =
        tf.nn.conv2d(tf.dtypes.cast(rgb, TFloat32.class), kernel, List.of(1L, 1L, 1L, 1L), "SAME");
    return tf.nn.biasAdd(grey, tf.constant(new float[] {-1}));
  }

  /**
   * The face as the networks see it, from luminance values.
   *
   * @param grey n x 96 x 96 x 1, 0 to 255
   * @return n x 96 x 96 x 1, grey in [-1, 1]
   */
  public static Operand<TFloat32> fromGrey(Ops tf, Operand<TUint8> grey) {
    return tf.math.sub(
        tf.math.mul(tf.dtypes.cast(grey, TFloat32.class), tf.constant(1 / HALF)), tf.constant(1f));
  }

  /**
   * A face in three equal channels, as networks that know colours want it.
   *
   * @param face n x 96 x 96 x 1
   * @return n x 96 x 96 x 3
   */
  public static Operand<TFloat32> inColours(Ops tf, Operand<TFloat32> face) {
    return tf.tile(face, tf.array(1, 1, 1, NetworkConfig.COLOURS));
  }

  /**
   * A face as a picture.
   *
   * @param face n x 96 x 96 x 1, grey in [-1, 1]
   * @return n x 96 x 96 x 3, 0 to 255, RGB
   */
  public static Operand<TUint8> toRgb(Ops tf, Operand<TFloat32> face) {
    Operand<TFloat32> scaled = tf.math.mul(tf.math.add(face, tf.constant(1f)), tf.constant(HALF));
    Operand<TFloat32> clipped =
        tf.clipByValue(tf.math.round(scaled), tf.constant(0f), tf.constant(255f));
    return tf.dtypes.cast(inColours(tf, clipped), TUint8.class);
  }
}
