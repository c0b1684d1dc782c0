package io.paffmem.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * A small face-identity network: what L_iden of the paper (eq. 2) compares a face and its
 * reconstruction by. The paper takes VGG-Face, whose weights are not ours to ship; this one has the
 * same five feature maps, each of half the side of the one before, and 24 million multiplications a
 * face.
 */
public final class IdentityNetwork {
  /** How many feature maps eq. 2 compares. */
  public static final int MAPS = 5;

  /** Numbers of an embedding. */
  public static final int EMBEDDING_SIZE = 64;

  private static final int KERNEL = 5;
  private static final int[] CHANNELS = {16, 32, 64, 96, 128};
  private static final float TINY = 1e-12f;

  private final Ops tf;
  private final Layers layers;

  public IdentityNetwork(Ops tf, Parameters parameters) {
    this.tf = tf;
    this.layers = new Layers(tf, parameters);
  }

  /** Name of a feature map in a signature. */
  public static String mapName(int map) {
    return "conv" + (map + 1);
  }

  /**
   * The feature maps, each after its ReLU.
   *
   * @param face n x 96 x 96 x 3 in [-1, 1]; its channels are averaged, as the networks see grey
   * @return n x 48 x 48 x 16, n x 24 x 24 x 32, n x 12 x 12 x 64, n x 6 x 6 x 96, n x 3 x 3 x 128
   */
  public List<Operand<TFloat32>> features(Operand<TFloat32> face) {
    Operand<TFloat32> sum = tf.reduceSum(face, tf.constant(3), ReduceSum.keepDims(true));
    Operand<TFloat32> x = tf.math.mul(sum, tf.constant(1f / NetworkConfig.COLOURS));
    int in = 1;
    List<Operand<TFloat32>> maps = new ArrayList<>(MAPS);
    for (int i = 0; i < MAPS; i++) {
      x = tf.nn.relu(layers.convolution(mapName(i), x, KERNEL, in, CHANNELS[i], 2, 1));
      in = CHANNELS[i];
      maps.add(x);
    }
    return maps;
  }

  /**
   * Who it is.
   *
   * @param lastMap n x 3 x 3 x 128, the last of {@link #features}
   * @return n x {@link #EMBEDDING_SIZE}, each row of length 1
   */
  public Operand<TFloat32> embedding(Operand<TFloat32> lastMap) {
    int side = NetworkConfig.IMAGE_SIZE >> MAPS;
    int flat = side * side * CHANNELS[MAPS - 1];
    Operand<TFloat32> features = tf.reshape(lastMap, tf.array(-1, flat));
    return unit(tf, layers.dense("embedding", features, flat, EMBEDDING_SIZE, 1));
  }

  /**
   * Every row at length 1.
   *
   * @param rows n x d
   */
  public static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> rows) {
    // Not square(rows): building the gradient of Square crashes TensorFlow Java 1.1.0.
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.mul(rows, rows), tf.constant(1), ReduceSum.keepDims(true));
    return tf.math.mul(rows, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(TINY))));
  }
}
