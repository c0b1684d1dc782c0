package io.paffmem.network;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * One direction for each person that the identity network is trained on; used in training only. How
 * near an embedding is to a person is the cosine between the two.
 */
public final class PersonClassifier {
  private final Ops tf;
  private final Parameters parameters;
  private final int people;

  /**
   * @param people known ones, at least 2
   */
  public PersonClassifier(Ops tf, Parameters parameters, int people) {
    this.tf = tf;
    this.parameters = parameters;
    this.people = people;
  }

  /**
   * Compares faces with everybody.
   *
   * @param embedding n x {@link IdentityNetwork#EMBEDDING_SIZE}, each row of length 1
   * @return cosines, n x people
   */
  public Operand<TFloat32> cosines(Operand<TFloat32> embedding) {
    Operand<TFloat32> directions =
        parameters.normal("directions", Shape.of(people, IdentityNetwork.EMBEDDING_SIZE), 1);
    return tf.linalg.matMul(
        embedding, IdentityNetwork.unit(tf, directions), MatMul.transposeB(true));
  }
}
