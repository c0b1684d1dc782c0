package io.paffmem.prior.tensorflow;

import java.util.Random;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * TensorFlow's product of two float32 matrices, rows x inner by inner x columns, with all that a
 * device has: the yardstick of what it computes in a second. On a CPU each core multiplies a share
 * of the rows.
 */
public final class MatrixProduct implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> left;
  private final Placeholder<TFloat32> right;
  private final Operand<TFloat32> corner;
  private final TFloat32 rightValues;
  private final TFloat32[] shares;

  /**
   * Matrices of random numbers.
   *
   * @param device as {@link SavedModelPrior#device} says
   */
  public MatrixProduct(Device device, int rows, int inner, int columns) {
    Ops tf = Ops.create(graph);
    left = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, inner)));
    right = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(inner, columns)));
    // One number leaves TensorFlow, so that copying the product is not timed.
    corner = tf.slice(tf.linalg.matMul(left, right), tf.array(0, 0), tf.array(1, 1));
    session = new Session(graph, device.facesConfig());
    int cores = device == Device.CPU ? Runtime.getRuntime().availableProcessors() : 1;
    int count = Math.min(cores, rows);
    Random random = new Random(1);
    rightValues = matrix(random, inner, columns);
    shares = new TFloat32[count];
    for (int i = 0; i < count; i++) {
      shares[i] = matrix(random, rows * (i + 1) / count - rows * i / count, inner);
    }
  }

  /** Multiplies once. */
  public void compute() {
    IntStream.range(0, shares.length).parallel().forEach(this::compute);
  }

  private void compute(int share) {
    try (Result result =
        session.runner().feed(left, shares[share]).feed(right, rightValues).fetch(corner).run()) {
      if (Float.isNaN(((TFloat32) result.get(0)).getFloat(0, 0))) {
        throw new IllegalStateException("a product of finite numbers is not finite");
      }
    }
  }

  private static TFloat32 matrix(Random random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    rightValues.close();
    for (TFloat32 share : shares) {
      share.close();
    }
  }
}
