package io.paffmem.training.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Running averages of weights, which do better than the weights themselves (Polyak, Juditsky,
 * 1992).
 */
final class Averages {
  private final double kept;
  private final Placeholder<TFloat32> share;
  private final Map<String, Variable<TFloat32>> averages = new LinkedHashMap<>();
  private final List<Op> updates = new ArrayList<>();

  /**
   * Averages of variables, by the same names.
   *
   * @param kept part of an average that a step leaves, in [0, 1); less in the beginning
   */
  Averages(Ops tf, Map<String, Variable<TFloat32>> variables, double kept) {
    this.kept = kept;
    this.share = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    variables.forEach(
        (name, variable) -> {
          Variable<TFloat32> average =
              tf.withName(name + "_average")
                  .variable(tf.zeros(tf.constant(variable.shape()), TFloat32.class));
          averages.put(name, average);
          updates.add(tf.assignAdd(average, tf.math.mul(share, tf.math.sub(variable, average))));
        });
  }

  /** By the names of the averaged variables. */
  Map<String, Variable<TFloat32>> variables() {
    return Collections.unmodifiableMap(averages);
  }

  /**
   * Takes the variables as they are into the averages.
   *
   * @param step counted from 1: the first is the average itself, and early ones fade soon
   */
  void update(Session session, long step) {
    double fresh = Math.max(1 - kept, 9.0 / (8 + step));
    try (TFloat32 shareTensor = TFloat32.scalarOf((float) Math.min(1, fresh))) {
      Session.Runner runner = session.runner().feed(share, shareTensor);
      updates.forEach(runner::addTarget);
      try (Result none = runner.run()) {
        assert none.size() == 0;
      }
    }
  }
}
