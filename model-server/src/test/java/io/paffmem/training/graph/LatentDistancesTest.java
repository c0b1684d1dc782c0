package io.paffmem.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LatentDistancesTest {
  private static final int[] ONE_PERSON = {5, 5, 5, 5};
  private static final int[] PICTURES = {0, 1, 2, 3};
  private static final int[] PHOTOGRAPHS = {0, 0, 0, 0};
  private static final float[][] LABELS = {{0, 0}, {0, 0}, {0.5f, 0}, {0, 0.5f}};

  @Test
  void squared_rows_areTheirDistances() {
    float[][] z = {{0, 0}, {3, 4}, {-1, 0}, {3, 4}};

    float[] all = run(ONE_PERSON, PICTURES, PHOTOGRAPHS, (tf, d) -> d.squared(tf.constant(z)), 16);

    assertThat(all)
        .containsExactly(
            new float[] {0, 25, 1, 25, 25, 0, 32, 0, 1, 32, 0, 32, 25, 0, 32, 0}, within(1e-4f));
  }

  @Test
  void order_anyScaleOfZ_isTheSameLoss() {
    float[][] z = random(4, 6, 1);
    float small = order(z, ONE_PERSON, PICTURES, 1);
    float large = order(z, ONE_PERSON, PICTURES, 100);

    assertThat(small).isPositive();
    assertThat(large).isCloseTo(small, within(1e-3f));
  }

  @Test
  void order_facesAsFarApartAsTheirLabels_isLessThanAgainstThem() {
    // Same label near, other labels far; then the other way round.
    float[][] along = {{0, 0, 0}, {0, 0.45f, 0}, {0.64f, 0, 0}, {0, 0, 0.64f}};
    float[][] against = {{0, 0, 0}, {0.9f, 0, 0}, {0, 0.2f, 0}, {0, 0, 0.2f}};

    assertThat(order(along, ONE_PERSON, PICTURES, 1))
        .isLessThan(order(against, ONE_PERSON, PICTURES, 1) / 2);
  }

  @Test
  void order_nobodyTwice_isNothing() {
    assertThat(order(random(4, 6, 2), PICTURES, PICTURES, 1)).isCloseTo(0, within(1e-6f));
  }

  @Test
  void narrowness_wideZIsNothing_narrowZIsItsSquaredLack() {
    float[][] wide = {{-1, -1}, {1, 1}, {-1, 1}, {1, -1}};
    float[][] narrow = new float[4][2];
    for (int i = 0; i < 4; i++) {
      for (int k = 0; k < 2; k++) {
        narrow[i][k] = 0.2f * wide[i][k];
      }
    }

    // A thousandth of a face stands for the origin that is not there.
    assertThat(narrowness(wide)).isCloseTo(0, within(1e-3f));
    assertThat(narrowness(narrow)).isCloseTo(0.3f * 0.3f, within(1e-3f));
  }

  private static float order(float[][] z, int[] person, int[] picture, float factor) {
    return run(
        person,
        picture,
        PHOTOGRAPHS,
        (tf, distances) -> {
          Operand<TFloat32> scaled = tf.math.mul(tf.constant(z), tf.constant(factor));
          Operand<TFloat32> squared = distances.squared(scaled);
          Operand<TFloat32> mean = tf.math.mean(squared, tf.constant(new int[] {0, 1}));
          return distances.order(squared, mean, tf.constant(LABELS));
        },
        1)[0];
  }

  private static float narrowness(float[][] z) {
    return run(ONE_PERSON, PICTURES, PHOTOGRAPHS, (tf, d) -> d.narrowness(tf.constant(z)), 1)[0];
  }

  private static float[] run(
      int[] person,
      int[] picture,
      int[] origin,
      BiFunction<Ops, LatentDistances, Operand<TFloat32>> value,
      int size) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      LatentDistances distances =
          new LatentDistances(
              tf, person.length, tf.constant(person), tf.constant(picture), tf.constant(origin));
      Operand<TFloat32> built = value.apply(tf, distances);
      try (Session session = new Session(graph);
          Result result = session.runner().fetch(built).run()) {
        float[] values = new float[size];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  private static float[][] random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int k = 0; k < columns; k++) {
        row[k] = 2 * random.nextFloat() - 1;
      }
    }
    return values;
  }
}
