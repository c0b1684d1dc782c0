package io.paffmem.training.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Losses on the distances between the z of a batch. A memory finds the nearest z it knows of a
 * person, so a person's faces must lie apart as their expressions do, and pose, light and crop must
 * move z little. Both losses look at each origin (photographs, synthetic people) by itself.
 *
 * <p>Target distances are relative: one common factor for all pairs of an origin is free. An
 * absolute target is met by shrinking z, which would only change the scale of every threshold.
 */
public final class LatentDistances {
  /** Target squared distance of two pictures made of one photograph; 1 is for the same label. */
  private static final double SAME_PICTURE = 0.05;

  /** Growth of the target squared distance with the squared distance of labels. */
  private static final float LABEL_GROWTH = 4;

  /** Added to squared distances before the logarithm, as a part of their mean. */
  private static final float FLOOR = 0.01f;

  /** Synthetic people meet their targets easily: they count less. */
  private static final float[] ORIGIN_WEIGHTS = {1, 0.1f};

  private static final float WANTED_DEVIATION = 0.5f;

  private final Ops tf;
  private final int faces;
  private final Operand<TInt32> person;
  private final Operand<TInt32> picture;
  private final Operand<TInt32> origin;

  /**
   * What is known of the faces of a batch.
   *
   * @param faces n
   * @param person n, equal for faces of one person
   * @param picture n, equal for faces made of one picture
   * @param origin n, 0 photograph, 1 synthetic
   */
  LatentDistances(
      Ops tf, int faces, Operand<TInt32> person, Operand<TInt32> picture, Operand<TInt32> origin) {
    this.tf = tf;
    this.faces = faces;
    this.person = person;
    this.picture = picture;
    this.origin = origin;
  }

  /** n x d to n x n squared distances. */
  Operand<TFloat32> squared(Operand<TFloat32> rows) {
    Operand<TFloat32> norms =
        tf.reduceSum(tf.math.square(rows), tf.constant(1), ReduceSum.keepDims(true));
    Operand<TFloat32> products = tf.linalg.matMul(rows, rows, MatMul.transposeB(true));
    Operand<TFloat32> sums = tf.math.add(norms, tf.linalg.transpose(norms, tf.array(1, 0)));
    // Rounding may leave a little less than 0.
    return tf.nn.relu(tf.math.sub(sums, tf.math.mul(tf.constant(2f), products)));
  }

  /**
   * Over all pairs of faces of one person: how far the logarithm of their squared distance is from
   * that of its target, beyond the mean of that difference; squared near 0, linear far from it.
   *
   * @param distances n x n, squared
   * @param scale mean of these
   * @param affect n x 2 labels
   * @return a scalar, at least 0
   */
  Operand<TFloat32> order(
      Operand<TFloat32> distances, Operand<TFloat32> scale, Operand<TFloat32> affect) {
    Operand<TFloat32> logarithm =
        tf.math.log(tf.math.add(distances, tf.math.mul(scale, tf.constant(FLOOR))));
    Operand<TFloat32> byLabel =
        tf.math.log(
            tf.math.add(tf.constant(1f), tf.math.mul(tf.constant(LABEL_GROWTH), squared(affect))));
    Operand<TFloat32> samePicture = equal(picture);
    Operand<TFloat32> target =
        tf.math.add(
            tf.math.mul(samePicture, tf.constant((float) Math.log(SAME_PICTURE))),
            tf.math.mul(tf.math.sub(tf.constant(1f), samePicture), byLabel));
    Operand<TFloat32> excess = tf.math.sub(logarithm, target);
    Operand<TFloat32> pairs = tf.math.mul(equal(person), upperTriangle());
    Operand<TFloat32> total = tf.constant(0f);
    for (int i = 0; i < ORIGIN_WEIGHTS.length; i++) {
      Operand<TFloat32> mine = tf.math.mul(pairs, rowsOf(i));
      Operand<TFloat32> beyond = tf.math.sub(excess, mean(excess, mine));
      Operand<TFloat32> robust =
          tf.math.sub(
              tf.math.sqrt(tf.math.add(tf.constant(1f), tf.math.square(beyond))), tf.constant(1f));
      total = tf.math.add(total, tf.math.mul(tf.constant(ORIGIN_WEIGHTS[i]), mean(robust, mine)));
    }
    return total;
  }

  /**
   * How much z's standard deviation a dimension falls short of 0.5, squared, mean over dimensions.
   *
   * @param z n x d
   * @return a scalar, at least 0
   */
  Operand<TFloat32> narrowness(Operand<TFloat32> z) {
    Operand<TFloat32> total = tf.constant(0f);
    for (int i = 0; i < ORIGIN_WEIGHTS.length; i++) {
      Operand<TFloat32> mine = rowsOf(i);
      Operand<TFloat32> count = count(mine);
      Operand<TFloat32> centre =
          tf.math.div(
              tf.reduceSum(tf.math.mul(mine, z), tf.constant(0), ReduceSum.keepDims(true)), count);
      Operand<TFloat32> variance =
          tf.math.div(
              tf.sum(tf.math.mul(mine, tf.math.squaredDifference(z, centre)), tf.constant(0)),
              count);
      Operand<TFloat32> deviation = tf.math.sqrt(tf.math.add(variance, tf.constant(1e-4f)));
      Operand<TFloat32> missing = tf.nn.relu(tf.math.sub(tf.constant(WANTED_DEVIATION), deviation));
      Operand<TFloat32> part = tf.math.mean(tf.math.square(missing), tf.constant(0));
      // An origin that is not in the batch misses nothing.
      total = tf.math.add(total, tf.math.mul(part, tf.math.minimum(count, tf.constant(1f))));
    }
    return total;
  }

  /** n x 1: 1 in the rows of an origin. */
  private Operand<TFloat32> rowsOf(int wanted) {
    return tf.dtypes.cast(
        tf.math.equal(tf.reshape(origin, tf.array(-1, 1)), tf.constant(wanted)), TFloat32.class);
  }

  /** n x n: 1 where two rows have the same id. */
  private Operand<TFloat32> equal(Operand<TInt32> ids) {
    return tf.dtypes.cast(
        tf.math.equal(tf.reshape(ids, tf.array(-1, 1)), tf.reshape(ids, tf.array(1, -1))),
        TFloat32.class);
  }

  /** n x n: 1 above the diagonal, so that each pair counts once and nobody is their own mate. */
  private Operand<TFloat32> upperTriangle() {
    Operand<TInt32> index = tf.range(tf.constant(0), tf.constant(faces), tf.constant(1));
    return tf.dtypes.cast(
        tf.math.greater(tf.reshape(index, tf.array(1, -1)), tf.reshape(index, tf.array(-1, 1))),
        TFloat32.class);
  }

  private Operand<TFloat32> mean(Operand<TFloat32> values, Operand<TFloat32> weights) {
    return tf.math.div(sum(tf.math.mul(weights, values)), count(weights));
  }

  /** Never quite 0: a batch may have nothing of a kind. */
  private Operand<TFloat32> count(Operand<TFloat32> weights) {
    return tf.math.add(sum(weights), tf.constant(1e-3f));
  }

  private Operand<TFloat32> sum(Operand<TFloat32> matrix) {
    return tf.sum(matrix, tf.constant(new int[] {0, 1}));
  }
}
