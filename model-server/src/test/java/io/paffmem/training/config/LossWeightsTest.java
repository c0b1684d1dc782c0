package io.paffmem.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LossWeightsTest {
  @Test
  void paper_isEquationSix() {
    assertThat(LossWeights.paper().byLoss())
        .containsOnly(
            Map.entry(Loss.RECONSTRUCTION, 1.0),
            Map.entry(Loss.EMOTION, 0.02),
            Map.entry(Loss.IDENTITY, 0.3),
            Map.entry(Loss.PRIOR, 0.01),
            Map.entry(Loss.IMAGE, 0.01));
  }

  @Test
  void with_zero_leavesTheLossOut() {
    LossWeights weights = LossWeights.paper().with(Loss.PRIOR, 0);

    assertThat(weights.byLoss()).doesNotContainKey(Loss.PRIOR);
    assertThat(weights.of(Loss.PRIOR)).isZero();
    assertThat(weights.any(Loss.PRIOR)).isFalse();
    assertThat(weights.any(Loss.PRIOR, Loss.IMAGE)).isTrue();
    assertThat(weights.with(Loss.PRIOR, 0.01)).isEqualTo(LossWeights.paper());
  }

  @Test
  void new_badWeightOrNone_isRefused() {
    assertThatThrownBy(() -> LossWeights.paper().with(Loss.KNOWN_EDIT, -1))
        .hasMessageContaining("weight of known-edit is -1");
    assertThatThrownBy(() -> LossWeights.paper().with(Loss.CYCLE, Double.NaN))
        .hasMessageContaining("weight of cycle is NaN");
    assertThatThrownBy(() -> new LossWeights(Map.of()))
        .hasMessageContaining("no loss has a weight");
  }

  @Test
  void labelled_everyLabel_isItsLoss() {
    for (Loss loss : Loss.values()) {
      assertThat(Loss.labelled(loss.label())).isEqualTo(loss);
    }
    assertThatThrownBy(() -> Loss.labelled("joy")).hasMessageContaining("no loss called joy");
  }
}
