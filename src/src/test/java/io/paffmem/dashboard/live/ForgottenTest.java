package io.paffmem.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ForgottenTest {
  @Test
  void covers_afterAHundredThousandOthers_theFirstIsStillForgotten() {
    Forgotten forgotten = new Forgotten();
    forgotten.add("ann", 1_000);
    for (int i = 0; i < 100_001; i++) {
      forgotten.add("person-" + i, 2_000);
    }

    assertThat(forgotten.covers("ann", 999)).isTrue();
    assertThat(forgotten.covers("ann", 1_000)).isFalse();
    assertThat(forgotten.covers("nobody", 0)).isFalse();
  }

  @Test
  void add_twice_theLaterCutoffHolds() {
    Forgotten forgotten = new Forgotten();
    forgotten.add("ann", 2_000);
    forgotten.add("ann", 1_000);

    assertThat(forgotten.covers("ann", 1_999)).isTrue();
  }
}
