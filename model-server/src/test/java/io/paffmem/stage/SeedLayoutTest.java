package io.paffmem.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedLayoutTest {
  @Test
  void named_eachName_isThatLayout() {
    assertThat(SeedLayout.named("even-200")).containsSame(SeedLayout.EVEN_200);
    assertThat(SeedLayout.named("chebyshev-36")).containsSame(SeedLayout.CHEBYSHEV_36);
    assertThat(SeedLayout.named("chebyshev-64")).containsSame(SeedLayout.CHEBYSHEV_64);
    assertThat(SeedLayout.names()).isEqualTo("even-200|chebyshev-36|chebyshev-64");
    assertThat(SeedLayout.named("EVEN-200")).isEmpty();
    assertThat(SeedLayout.named("")).isEmpty();
  }

  @Test
  void y_interpolatedLayouts_isThatOfEven200() {
    assertThat(SeedLayout.CHEBYSHEV_36.y()).isEqualTo(SeedLayout.EVEN_200.y());
    assertThat(SeedLayout.CHEBYSHEV_64.y()).isEqualTo(SeedLayout.EVEN_200.y());
  }

  @Test
  void computed_interpolatedLayouts_areTheNodesAndFourPoints() {
    assertThat(SeedLayout.EVEN_200.computed()).isEqualTo(SeedLayout.EVEN_200.y());
    assertThat(SeedLayout.CHEBYSHEV_64.computed()).hasSize(2 * 68);
    float[] computed = SeedLayout.CHEBYSHEV_36.computed();
    assertThat(computed).hasSize(2 * 40);
    for (int i = 0; i < 4; i++) {
      int check = SeedLayout.CHEBYSHEV_36.checks()[i];
      for (int axis = 0; axis < 2; axis++) {
        float y = SeedLayout.EVEN_200.y()[2 * check + axis];
        assertThat(computed[2 * (36 + i) + axis]).isEqualTo(y);
        assertThat(Math.abs(y)).isBetween(0.42f, 0.54f);
      }
    }
  }

  @Test
  void y_even200_followsTheRule() {
    float[] y = SeedLayout.EVEN_200.y();

    assertThat(SeedLayout.EVEN_200.pairs()).isEqualTo(200);
    assertThat(y).hasSize(400);
    assertThat(y).startsWith(-1f, -1f, -0.99f, 0.23f, -0.98f, -0.54f);
    for (int i = 0; i < 200; i++) {
      assertThat(y[2 * i]).isCloseTo(-1 + 0.01f * i, within(1e-6f));
      assertThat(y[2 * i + 1]).isCloseTo(-1 + 0.01f * (123 * i % 200), within(1e-6f));
    }
  }

  @Test
  void y_even200_takesEachStepOncePerAxis() {
    float[] y = SeedLayout.EVEN_200.y();
    Set<Integer> arousalSteps = new HashSet<>();
    Set<Integer> valenceSteps = new HashSet<>();

    for (int i = 0; i < 200; i++) {
      arousalSteps.add(Math.round(y[2 * i] * 100));
      valenceSteps.add(Math.round(y[2 * i + 1] * 100));
    }

    assertThat(arousalSteps).hasSize(200).contains(-100, 99);
    assertThat(valenceSteps).hasSize(200).contains(-100, 99);
  }

  @Test
  void y_even200_coversEveryCellOfTheSquareAlike() {
    float[] y = SeedLayout.EVEN_200.y();
    int[] cells = new int[25];

    for (int i = 0; i < 200; i++) {
      int column = (int) ((y[2 * i] + 1.0001f) / 0.4f);
      int row = (int) ((y[2 * i + 1] + 1.0001f) / 0.4f);
      cells[row * 5 + column]++;
    }

    for (int count : cells) {
      assertThat(count).isBetween(6, 9);
    }
  }

  @Test
  void y_changedByItsReader_staysTheSame() {
    SeedLayout.EVEN_200.y()[0] = 7;

    assertThat(SeedLayout.EVEN_200.y()[0]).isEqualTo(-1f);
  }
}
