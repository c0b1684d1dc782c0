package io.paffmem.training.graph;

import io.paffmem.training.config.Loss;
import io.paffmem.training.config.LossWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The losses of a graph that count, by the names that reports give them. */
final class LossTerms {
  private final LossWeights weights;
  private final Map<String, Operand<TFloat32>> named = new LinkedHashMap<>();
  private final List<Operand<TFloat32>> weighted = new ArrayList<>();

  LossTerms(LossWeights weights) {
    this.weights = weights;
  }

  /** Builds a loss, a scalar, if it counts. */
  void add(Ops tf, Loss loss, Supplier<Operand<TFloat32>> value) {
    double weight = weights.of(loss);
    if (weight > 0) {
      Operand<TFloat32> built = value.get();
      named.put(loss.label(), built);
      weighted.add(tf.math.mul(tf.constant((float) weight), built));
    }
  }

  /** A scalar that is only reported, such as an adversary's own loss. */
  void report(String name, Operand<TFloat32> value) {
    named.put(name, value);
  }

  /** The weighted sum. */
  Operand<TFloat32> total(Ops tf) {
    return tf.math.addN(weighted);
  }

  List<String> names() {
    return List.copyOf(named.keySet());
  }

  List<Operand<TFloat32>> values() {
    return List.copyOf(named.values());
  }
}
