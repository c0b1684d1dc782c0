package io.paffmem.prior.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Puts trained numbers into the variables of a graph that is to be exported. */
final class WeightAssignment {
  private WeightAssignment() {}

  /**
   * @param weights by variable name
   * @throws IllegalArgumentException if they are not exactly those of the variables
   */
  static void assign(
      Ops tf,
      Session session,
      Map<String, Variable<TFloat32>> variables,
      Map<String, float[]> weights) {
    if (!variables.keySet().equals(weights.keySet())) {
      throw new IllegalArgumentException(
          "weights are of " + weights.keySet() + ", the networks need " + variables.keySet());
    }
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Map.Entry<String, Variable<TFloat32>> entry : variables.entrySet()) {
        Variable<TFloat32> variable = entry.getValue();
        TFloat32 value = tensor(entry.getKey(), weights.get(entry.getKey()), variable.shape());
        tensors.add(value);
        Placeholder<TFloat32> feed =
            tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
        runner.feed(feed, value).addTarget(tf.assign(variable, feed));
      }
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  private static TFloat32 tensor(String name, float @Nullable [] values, Shape shape) {
    if (values == null || values.length != shape.size()) {
      throw new IllegalArgumentException(
          name
              + " is "
              + shape
              + " and needs "
              + shape.size()
              + " weights, not "
              + (values == null ? 0 : values.length));
    }
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }
}
