package io.paffmem.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrainingBudgetTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void spent_stepsAlone_ignoresTheTime() {
    TrainingBudget budget = TrainingBudget.ofSteps(200);

    assertThat(budget.spent(50, 1_000 * SECOND)).isEqualTo(0.25);
    assertThat(budget.spent(200, 0)).isEqualTo(1);
  }

  @Test
  void spent_stepsAndTime_isWhicheverComesFirst() {
    TrainingBudget budget =
        new TrainingBudget(OptionalLong.of(200), Optional.of(Duration.ofSeconds(10)));

    assertThat(budget.spent(50, SECOND)).isEqualTo(0.25);
    assertThat(budget.spent(50, 9 * SECOND)).isEqualTo(0.9);
    assertThat(TrainingBudget.ofTime(Duration.ofSeconds(10)).spent(9_999, 5 * SECOND))
        .isEqualTo(0.5);
  }

  @Test
  void budget_noneOrNotPositive_isRefused() {
    assertThatThrownBy(() -> new TrainingBudget(OptionalLong.empty(), Optional.empty()))
        .hasMessageContaining("needs steps or a time");
    assertThatThrownBy(() -> TrainingBudget.ofSteps(0)).hasMessageContaining("0 steps");
    assertThatThrownBy(() -> TrainingBudget.ofTime(Duration.ZERO)).hasMessageContaining("PT0S");
  }
}
