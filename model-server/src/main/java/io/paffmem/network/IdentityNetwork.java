package io.paffmem.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * A small face-identity network: what the look of a face is, and what L_iden of the paper (eq. 2)
 * compares a face and its reconstruction by. The paper takes VGG-Face, whose weights are not ours
 * to ship; this one has five feature maps, each of half the side of the one before, and 27 million
 * multiplications a face. Its first four convolutions have the shape of those of an {@link Encoder}
 * of a quarter of the paper's width, so that it can begin with that one's weights.
 */
public final class IdentityNetwork {
  /** How many feature maps eq. 2 compares. */
  public static final int MAPS = 5;

  /** Numbers of an embedding. */
  public static final int EMBEDDING_SIZE = 64;

  private static final int KERNEL = 5;
  private static final int[] CHANNELS = {16, 32, 64, 128, 128};

  /** Cells along a side that each map is averaged in for the embedding. */
  private static final int[] CELLS = {6, 6, 4, 3, 3};

  private static final float TINY = 1e-12f;

  /** Deviation of the pixels of a face as the network sees it. */
  private static final float DEVIATION = 0.5f;

  /** Least variance that a face is scaled by: a black picture stays black. */
  private static final float FLAT = 1e-4f;

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
   * The feature maps of a face in colours, whose channels are averaged.
   *
   * @param face n x 96 x 96 x 3 in [-1, 1]
   * @return as {@link #maps}
   */
  public List<Operand<TFloat32>> features(Operand<TFloat32> face) {
    return maps(tf.reduceSum(face, tf.constant(3), ReduceSum.keepDims(true)));
  }

  /**
   * The feature maps, each after its ReLU.
   *
   * @param grey n x 96 x 96 x 1; it is brought to one mean and deviation, as the light is not the
   *     person
   * @return n x 48 x 48 x 16, n x 24 x 24 x 32, n x 12 x 12 x 64, n x 6 x 6 x 128, n x 3 x 3 x 128
   */
  public List<Operand<TFloat32>> maps(Operand<TFloat32> grey) {
    Operand<TFloat32> x = standardised(grey);
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
   * Every face at mean 0 and one deviation.
   *
   * @param face n x 96 x 96 x 1
   */
  private Operand<TFloat32> standardised(Operand<TFloat32> face) {
    Operand<TFloat32> centred = tf.math.sub(face, mean(face));
    Operand<TFloat32> variance = mean(tf.math.mul(centred, centred));
    Operand<TFloat32> scale = tf.math.rsqrt(tf.math.maximum(variance, tf.constant(FLAT)));
    return tf.math.mul(centred, tf.math.mul(scale, tf.constant(DEVIATION)));
  }

  private Operand<TFloat32> mean(Operand<TFloat32> face) {
    float pixels = NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE;
    Operand<TFloat32> sum = tf.reduceSum(face, tf.array(1, 2), ReduceSum.keepDims(true));
    return tf.math.mul(sum, tf.constant(1 / pixels));
  }

  /**
   * What the embedding is made of: each map, averaged in cells, at length 1.
   *
   * @param maps of {@link #maps}
   * @return of each map n x numbers
   */
  public List<Operand<TFloat32>> descriptors(List<Operand<TFloat32>> maps) {
    List<Operand<TFloat32>> descriptors = new ArrayList<>(MAPS);
    for (int i = 0; i < MAPS; i++) {
      long pixels = (NetworkConfig.IMAGE_SIZE >> (i + 1)) / CELLS[i];
      List<Long> cell = List.of(1L, pixels, pixels, 1L);
      Operand<TFloat32> means = tf.nn.avgPool(maps.get(i), cell, cell, "VALID");
      descriptors.add(unit(tf, tf.reshape(means, tf.array(-1, descriptorSize(i)))));
    }
    return descriptors;
  }

  private static int descriptorSize(int map) {
    return CELLS[map] * CELLS[map] * CHANNELS[map];
  }

  /**
   * Who it is.
   *
   * @param descriptors of {@link #descriptors}
   * @return n x {@link #EMBEDDING_SIZE}, each row of length 1
   */
  public Operand<TFloat32> embedding(List<Operand<TFloat32>> descriptors) {
    List<Operand<TFloat32>> parts = new ArrayList<>(MAPS);
    for (int i = 0; i < MAPS; i++) {
      parts.add(
          layers.dense(
              "embedding" + (i + 1), descriptors.get(i), descriptorSize(i), EMBEDDING_SIZE, 1));
    }
    return unit(tf, tf.math.addN(parts));
  }

  /**
   * Every row at length 1.
   *
   * @param rows n x d
   */
  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> rows) {
    // Not square(rows): building the gradient of Square crashes TensorFlow Java 1.1.0.
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.mul(rows, rows), tf.constant(1), ReduceSum.keepDims(true));
    return tf.math.mul(rows, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(TINY))));
  }
}
