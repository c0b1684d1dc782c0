package io.paffmem.training.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The optimiser Adam (Kingma, Ba, 2015) as operations of a graph. */
public final class Adam {
  private static final float EPSILON = 1e-8f;

  private final Ops tf;
  private final float beta1;
  private final float beta2;
  private final Placeholder<TFloat32> rate;
  private final Placeholder<TFloat32> beta1Power;
  private final Placeholder<TFloat32> beta2Power;

  public Adam(Ops tf, float beta1, float beta2) {
    this.tf = tf;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    this.beta1Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    this.beta2Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  /**
   * A loss and who learns by it.
   *
   * @param variables by name
   * @param rateFactor on the learning rate
   */
  public record Objective(
      Operand<TFloat32> loss, Map<String, Variable<TFloat32>> variables, float rateFactor) {}

  /** Operations that move all variables down their losses' slopes once. */
  public List<Op> minimise(List<Objective> objectives) {
    List<Gradients> gradients = new ArrayList<>();
    // No weight moves before every gradient is known.
    List<Op> known = new ArrayList<>();
    for (Objective objective : objectives) {
      Gradients slopes = tf.gradients(objective.loss(), objective.variables().values());
      slopes.forEach(slope -> known.add(tf.identity(slope)));
      gradients.add(slopes);
    }
    Ops after = tf.withControlDependencies(known);
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < objectives.size(); i++) {
      Objective objective = objectives.get(i);
      Operand<TFloat32> ownRate = tf.math.mul(rate, tf.constant(objective.rateFactor()));
      int k = 0;
      for (Map.Entry<String, Variable<TFloat32>> entry : objective.variables().entrySet()) {
        Operand<TFloat32> slope = gradients.get(i).dy(k++);
        updates.add(update(after, entry.getKey(), entry.getValue(), ownRate, slope));
      }
    }
    return updates;
  }

  private Op update(
      Ops after,
      String name,
      Variable<TFloat32> variable,
      Operand<TFloat32> ownRate,
      Operand<TFloat32> slope) {
    Operand<TFloat32> zeros = tf.zeros(tf.constant(variable.shape()), TFloat32.class);
    return after.train.applyAdam(
        variable,
        tf.withName(name + "_adam_m").variable(zeros),
        tf.withName(name + "_adam_v").variable(zeros),
        beta1Power,
        beta2Power,
        ownRate,
        tf.constant(beta1),
        tf.constant(beta2),
        tf.constant(EPSILON),
        slope);
  }

  /**
   * What a run of the operations is fed with.
   *
   * @param learningRate of this step
   * @param step counted from 1, for the correction of the beginning
   */
  public Feeds at(double learningRate, long step) {
    return new Feeds(
        TFloat32.scalarOf((float) learningRate),
        TFloat32.scalarOf((float) Math.pow(beta1, (double) step)),
        TFloat32.scalarOf((float) Math.pow(beta2, (double) step)));
  }

  /** The tensors of one step. */
  public final class Feeds implements AutoCloseable {
    private final TFloat32 rateTensor;
    private final TFloat32 beta1Tensor;
    private final TFloat32 beta2Tensor;

    private Feeds(TFloat32 rateTensor, TFloat32 beta1Tensor, TFloat32 beta2Tensor) {
      this.rateTensor = rateTensor;
      this.beta1Tensor = beta1Tensor;
      this.beta2Tensor = beta2Tensor;
    }

    public Session.Runner into(Session.Runner runner) {
      return runner
          .feed(rate, rateTensor)
          .feed(beta1Power, beta1Tensor)
          .feed(beta2Power, beta2Tensor);
    }

    @Override
    public void close() {
      rateTensor.close();
      beta1Tensor.close();
      beta2Tensor.close();
    }
  }
}
