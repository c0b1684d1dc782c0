package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrototypesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50, 52})
  void squaredDistances_anySize_areThoseOfPlainSumsToTheLastBit(int dimensions) {
    SplittableRandom random = new SplittableRandom(dimensions);
    for (int count : new int[] {1, 2, 3, 127, 128, 129, 300}) {
      float[] rows = Neurons.random(random, count, dimensions, 1);
      float[] x = Neurons.random(random, 3, dimensions, 1);
      Prototypes prototypes = of(rows, count, dimensions);
      float[] found = new float[prototypes.slots()];

      // Often enough to be compiled, and then still the same.
      for (int i = 0; i < 500; i++) {
        prototypes.squaredDistances(x, dimensions, count, found);
      }

      for (int slot = 0; slot < count; slot++) {
        assertThat(found[slot])
            .as("slot %d of %d", slot, count)
            .isEqualTo(plainSum(rows, slot * dimensions, x, dimensions, dimensions));
      }
    }
  }

  @Test
  void remove_slotInTheMiddle_closesTheGap() {
    Prototypes prototypes = of(new float[] {1, 10, 2, 20, 3, 30, 4, 40}, 4, 2);

    prototypes.remove(1, 4);

    assertThat(row(prototypes, 0)).containsExactly(1, 10);
    assertThat(row(prototypes, 1)).containsExactly(3, 30);
    assertThat(row(prototypes, 2)).containsExactly(4, 40);
  }

  @Test
  void grow_keepsWhatIsThere() {
    Prototypes prototypes = of(new float[] {1, 10, 2, 20}, 2, 2);
    int before = prototypes.slots();

    prototypes.grow(before + 1);

    assertThat(prototypes.slots()).isGreaterThan(before);
    assertThat(row(prototypes, 0)).containsExactly(1, 10);
    assertThat(row(prototypes, 1)).containsExactly(2, 20);
    assertThat(row(prototypes, before)).containsExactly(0, 0);
  }

  @Test
  void setBetweenAndMove_goTheirShareOfTheWay() {
    Prototypes prototypes = of(new float[] {1, 10, 2, 20}, 2, 2);

    prototypes.setBetween(1, 0, new float[] {9, 3, 0}, 1);
    prototypes.move(0, new float[] {9, 3, 0}, 1, 0.25f);

    assertThat(row(prototypes, 1)).containsExactly(2, 5);
    assertThat(row(prototypes, 0)).containsExactly(1.5f, 7.5f);
  }

  private static Prototypes of(float[] rows, int count, int dimensions) {
    Prototypes prototypes = new Prototypes(dimensions);
    prototypes.grow(count);
    for (int slot = 0; slot < count; slot++) {
      prototypes.set(slot, rows, slot * dimensions);
    }
    return prototypes;
  }

  private static float[] row(Prototypes prototypes, int slot) {
    return new float[] {prototypes.get(slot, 0), prototypes.get(slot, 1)};
  }

  private static float plainSum(float[] w, int start, float[] x, int from, int dimensions) {
    float sum = 0;
    for (int d = 0; d < dimensions; d++) {
      float difference = x[from + d] - w[start + d];
      sum += difference * difference;
    }
    return sum;
  }
}
