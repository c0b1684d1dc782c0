package io.paffmem.evaluation.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.schemas.FaceLook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTrialTest {
  private static final GuardConfig CONFIG = GuardConfig.standard().withFirstFrames(5);

  @Test
  void swaps_peopleOfClearLooks_nobodyIsLearntOrRefused() {
    GuardFigures figures = trial(axis(0, 20), axis(1, 20), axis(2, 20)).swaps();

    assertThat(figures.people()).isEqualTo(3);
    assertThat(figures.strangerFrames()).isEqualTo(3 * 2 * 20);
    assertThat(figures.ownFrames()).isEqualTo(3 * 2 * (20 - 5));
    assertThat(figures.learnt()).isZero();
    assertThat(figures.refused()).isZero();
    assertThat(figures.learntInterval()).isNotNull();
  }

  @Test
  void swaps_twins_allAreLearnt_andCounted() {
    GuardFigures figures = trial(axis(0, 20), axis(0, 20)).swaps();

    assertThat(figures.learnt()).isOne();
    assertThat(figures.refused()).isZero();
  }

  @Test
  void anotherDay_ownSecondClipAndTheOthers() {
    LookedPerson changed = new LookedPerson("changed", List.of(clip(0, 20), clip(3, 10)));
    LookedPerson same = new LookedPerson("same", List.of(clip(1, 20), clip(1, 10)));

    GuardFigures figures = new GuardTrial(CONFIG, List.of(changed, same), 10, 1).anotherDay();

    assertThat(figures.ownFrames()).isEqualTo(20);
    assertThat(figures.refused()).as("one of two people looks otherwise").isEqualTo(0.5);
    assertThat(figures.learnt()).isZero();
  }

  @Test
  void photographs_eachStrangerAlone() {
    GuardFigures figures = trial(axis(0, 8), axis(1, 8), axis(1, 8)).photographs();

    assertThat(figures.ownFrames()).isEqualTo(3 * (8 - 5));
    assertThat(figures.strangerFrames()).isEqualTo(3 * 2 * 8);
    assertThat(figures.learnt()).isEqualTo((0 + 0.5 + 0.5) / 3);
  }

  @Test
  void new_onePerson_isRefused() {
    assertThatThrownBy(() -> trial(axis(0, 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two at least");
  }

  private static GuardTrial trial(LookedPerson... people) {
    return new GuardTrial(CONFIG, List.of(people), 10, 1);
  }

  private static LookedPerson axis(int axis, int frames) {
    return new LookedPerson("axis-" + axis, List.of(clip(axis, frames)));
  }

  private static LookedClip clip(int axis, int frames) {
    List<Long> millis = new ArrayList<>();
    List<FaceLook> looks = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      byte[] numbers = new byte[4];
      numbers[axis] = 127;
      millis.add(40L * i);
      looks.add(new FaceLook(1, numbers));
    }
    return new LookedClip(millis, looks);
  }
}
