package io.paffmem.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChebyshevGridTest {
  private static final long SEED = 4;

  private final Random random = new Random(SEED);

  @Test
  void nodes_six_areThoseOfTheCosines() {
    float[] nodes = new ChebyshevGrid(6, new float[0]).nodes();

    assertThat(nodes).hasSize(2 * 36);
    assertThat(nodes[0]).isCloseTo((float) Math.cos(Math.PI / 12), within(1e-6f));
    assertThat(nodes[2]).as("arousal first").isEqualTo(nodes[0]);
    assertThat(nodes[3]).isCloseTo((float) Math.cos(Math.PI / 4), within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 8})
  void interpolate_polynomialOfLowerDegreeInEachVariable_isExact(int perAxis) {
    float[] places = uniform(2 * 50);
    double[] coefficients = new double[perAxis * perAxis];
    Arrays.setAll(coefficients, i -> 2 * random.nextDouble() - 1);
    ChebyshevGrid grid = new ChebyshevGrid(perAxis, places);

    double[] values = grid.interpolate(polynomial(coefficients, perAxis, grid.nodes()), 1);

    double[] expected = polynomial(coefficients, perAxis, places);
    assertThat(values).as("seed %d", SEED).hasSize(50).containsExactly(expected, within(1e-5));
  }

  @Test
  void interpolate_atItsNodes_reproducesWhatIsKnown() {
    ChebyshevGrid nodes = new ChebyshevGrid(6, new float[0]);
    ChebyshevGrid grid = new ChebyshevGrid(6, nodes.nodes());
    double[] known = new double[36 * 3];
    Arrays.setAll(known, i -> random.nextGaussian());

    assertThat(grid.interpolate(known, 3)).isEqualTo(known);
  }

  @Test
  void interpolate_constant_isThatConstantEverywhere() {
    ChebyshevGrid grid = new ChebyshevGrid(6, SeedLayout.EVEN_200.y());
    double[] ones = new double[36];
    Arrays.fill(ones, 1);

    double[] values = grid.interpolate(ones, 1);

    assertThat(values).hasSize(200);
    for (double value : values) {
      assertThat(value).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void interpolate_severalNumbersAValue_keepsThemApart() {
    ChebyshevGrid grid = new ChebyshevGrid(2, uniform(2 * 5));
    double[] first = {1, 2, 3, 4};
    double[] both = {1, -8, 2, -6, 3, -4, 4, -2};

    double[] values = grid.interpolate(both, 2);
    double[] alone = grid.interpolate(first, 1);

    for (int i = 0; i < 5; i++) {
      assertThat(values[2 * i]).isEqualTo(alone[i]);
      assertThat(values[2 * i + 1]).isCloseTo(2 * alone[i] - 10, within(1e-12));
    }
  }

  @Test
  void interpolate_otherNumberOfNodes_isRefused() {
    ChebyshevGrid grid = new ChebyshevGrid(6, new float[2]);

    assertThatThrownBy(() -> grid.interpolate(new double[35], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("36")
        .hasMessageContaining("35");
  }

  private static double[] polynomial(double[] coefficients, int degrees, float[] places) {
    double[] values = new double[places.length / 2];
    for (int place = 0; place < values.length; place++) {
      for (int i = 0; i < coefficients.length; i++) {
        int arousalDegree = i / degrees;
        int valenceDegree = i % degrees;
        values[place] +=
            coefficients[i]
                * Math.pow(places[2 * place], arousalDegree)
                * Math.pow(places[2 * place + 1], valenceDegree);
      }
    }
    return values;
  }

  private float[] uniform(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }
}
