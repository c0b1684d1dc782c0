package io.paffmem.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CccByPersonTest {
  @Test
  void ofOne_answersAreHalfOfTheTruth_correlateFullyAndAgreeLess() {
    CccByPerson scores = new CccByPerson(2);
    for (double truth : new double[] {-0.8, -0.2, 0.2, 0.8}) {
      scores.add("ann", truth / 2, truth);
      scores.add("bob", 0.25, truth);
    }

    assertThat(scores.correlationOfOne(0)).isCloseTo(1, within(1e-12));
    // 2 * v/2 / (v/4 + v)
    assertThat(scores.ofOne(0)).isCloseTo(0.8, within(1e-12));
    assertThat(scores.correlationOfOne(1)).as("answers that never change").isNaN();
    assertThat(scores.ofOne(1)).isNaN();
  }
}
