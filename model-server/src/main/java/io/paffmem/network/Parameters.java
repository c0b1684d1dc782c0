package io.paffmem.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomStandardNormal;
import org.tensorflow.types.TFloat32;

/**
 * The trained numbers of one network, as variables of a graph. A name that is asked for the second
 * time is the same variable, so that a network can be applied to several inputs.
 */
public final class Parameters {
  private final Ops tf;
  private final String network;
  private final long seed;
  private final Map<String, Variable<TFloat32>> variables;
  private final boolean frozen;

  private Parameters(
      Ops tf,
      String network,
      long seed,
      Map<String, Variable<TFloat32>> variables,
      boolean frozen) {
    this.tf = tf;
    this.network = network;
    this.seed = seed;
    this.variables = variables;
    this.frozen = frozen;
  }

  /**
   * Parameters that come into being as a network asks for them.
   *
   * @param tf where the variables are created
   * @param network prefix of their names, e.g. {@code encoder}
   * @param seed of their random beginning
   */
  public Parameters(Ops tf, String network, long seed) {
    this(tf, network, seed, new LinkedHashMap<>(), false);
  }

  /** The same parameters as constants: what is computed with them sends no gradient into them. */
  public Parameters frozen() {
    return new Parameters(tf, network, seed, variables, true);
  }

  /**
   * Other numbers for the same network, as constants.
   *
   * @param others by full name
   */
  public Parameters frozen(Map<String, Variable<TFloat32>> others) {
    return new Parameters(tf, network, seed, new LinkedHashMap<>(others), true);
  }

  /** All variables so far, by full name, in the order of their creation. */
  public Map<String, Variable<TFloat32>> variables() {
    return Collections.unmodifiableMap(variables);
  }

  /** A variable that begins as N(0, deviation). */
  Operand<TFloat32> normal(String name, Shape shape, double deviation) {
    return variable(name, shape, deviation);
  }

  /** A variable that begins as zero. */
  Operand<TFloat32> zeros(String name, Shape shape) {
    return variable(name, shape, 0);
  }

  private Operand<TFloat32> variable(String name, Shape shape, double deviation) {
    String fullName = network + "_" + name;
    @Nullable Variable<TFloat32> known = variables.get(fullName);
    if (known == null) {
      known = tf.withName(fullName).variable(initial(fullName, shape, deviation));
      variables.put(fullName, known);
    }
    return frozen ? tf.stopGradient(known) : known;
  }

  private Operand<TFloat32> initial(String fullName, Shape shape, double deviation) {
    Operand<TFloat32> zeros = tf.zeros(tf.constant(shape), TFloat32.class);
    if (deviation == 0) {
      return zeros;
    }
    return tf.math.mul(
        tf.random.randomStandardNormal(
            tf.constant(shape),
            TFloat32.class,
            RandomStandardNormal.seed(seed),
            RandomStandardNormal.seed2((long) fullName.hashCode())),
        tf.constant((float) deviation));
  }
}
