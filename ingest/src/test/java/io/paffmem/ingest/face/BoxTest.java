package io.paffmem.ingest.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class BoxTest {
  private final Box box = new Box(10, 20, 40, 20);

  @Test
  void overlap_ofItself_isOne() {
    assertThat(box.overlap(box)).isEqualTo(1);
  }

  @Test
  void overlap_halfCovered_isAThirdEitherWay() {
    Box beside = new Box(30, 20, 40, 20);

    assertThat(box.overlap(beside)).isCloseTo(1 / 3f, within(1e-6f));
    assertThat(beside.overlap(box)).isEqualTo(box.overlap(beside));
  }

  @Test
  void overlap_onlyTouching_isZero() {
    assertThat(box.overlap(new Box(50, 20, 40, 20))).isZero();
  }

  @Test
  void square_ofAnOblong_keepsTheCentreAndTakesTheLongerSide() {
    assertThat(box.square(1.5f)).isEqualTo(new Box(0, 0, 60, 60));
  }

  @Test
  void square_ofATurnedBox_isTurnedAsMuch() {
    assertThat(new Box(10, 20, 40, 40, 15).square(2)).isEqualTo(new Box(-10, 0, 80, 80, 15));
  }

  @Test
  void towards_aTurnedBox_turnsAsItMoves() {
    Box before = new Box(0, 0, 40, 40, -4);

    assertThat(before.towards(new Box(8, 4, 48, 44, 12), 0.25f))
        .isEqualTo(new Box(2, 1, 42, 41, 0));
  }

  @Test
  void cutOff_isTheShareThatLiesPastTheEdges() {
    Box across = new Box(-10, 20, 40, 40);

    assertThat(across.cutOff(100, 100)).isEqualTo(0.25f);
    assertThat(across.cutOff(100, 40)).isEqualTo(1 - 0.75f * 0.5f);
    assertThat(new Box(10, 20, 40, 40).cutOff(100, 100)).isZero();
    assertThat(new Box(200, 20, 40, 40).cutOff(100, 100)).isEqualTo(1);
  }

  @Test
  void new_withoutArea_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(0, 0, 0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(Float.NaN, 0, 5, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(0, 0, 5, 5, Float.NaN));
  }
}
