package io.paffmem.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ExpressionTest {
  private static final int POPULATION = 400;

  private final SyntheticPeople people = new SyntheticPeople(23);

  @Test
  void affect_outsideTheSquare_isRefused() {
    assertThatThrownBy(() -> new ShownAffect(1.01f, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ShownAffect(0, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void express_populationMean_mouthCornersAndCheeksRiseWithValence() {
    for (float arousal = -0.8f; arousal <= 0.8f; arousal += 0.8f) {
      for (float valence = -1; valence < 0.9f; valence += 0.25f) {
        ShownAffect low = new ShownAffect(arousal, valence);
        ShownAffect high = new ShownAffect(arousal, valence + 0.25f);

        assertThat(mean(high, ExpressionTest::corners))
            .as("from %s to %s", low, high)
            .isGreaterThan(mean(low, ExpressionTest::corners));
        assertThat(mean(high, FacialActions::cheekRaise))
            .isGreaterThanOrEqualTo(mean(low, FacialActions::cheekRaise));
      }
    }
  }

  @Test
  void express_populationMean_lidsBrowsAndJawRiseWithArousal() {
    for (float valence = -0.5f; valence <= 0.5f; valence += 0.5f) {
      for (float arousal = -1; arousal < 0.9f; arousal += 0.25f) {
        ShownAffect low = new ShownAffect(arousal, valence);
        ShownAffect high = new ShownAffect(arousal + 0.25f, valence);

        assertThat(mean(high, FacialActions::lidOpening))
            .as("from %s to %s", low, high)
            .isGreaterThan(mean(low, FacialActions::lidOpening));
        assertThat(mean(high, FacialActions::outerBrowRaise))
            .isGreaterThan(mean(low, FacialActions::outerBrowRaise));
        assertThat(mean(high, FacialActions::jawOpen))
            .isGreaterThanOrEqualTo(mean(low, FacialActions::jawOpen));
      }
    }
  }

  @Test
  void express_corners_haveTheirOwnFaces() {
    ShownAffect anger = new ShownAffect(0.8f, -0.9f);
    ShownAffect sadness = new ShownAffect(-0.7f, -0.8f);
    ShownAffect surprise = new ShownAffect(0.9f, 0.1f);
    ShownAffect joy = new ShownAffect(0.5f, 0.9f);

    assertThat(mean(anger, FacialActions::browFrown))
        .isGreaterThan(mean(sadness, FacialActions::browFrown) + 0.2)
        .isGreaterThan(mean(surprise, FacialActions::browFrown) + 0.3);
    assertThat(mean(sadness, FacialActions::innerBrowRaise))
        .isGreaterThan(mean(sadness, FacialActions::outerBrowRaise) + 0.4);
    assertThat(mean(surprise, FacialActions::jawOpen))
        .isGreaterThan(mean(sadness, FacialActions::jawOpen) + 0.4);
    assertThat(mean(joy, FacialActions::teeth))
        .isGreaterThan(mean(sadness, FacialActions::teeth) + 0.3);
  }

  @Test
  void express_everyPerson_smilesWhenGladAndNotWhenSad() {
    for (int i = 0; i < POPULATION; i++) {
      SyntheticPerson person = people.person(i);

      assertThat(corners(person.express(new ShownAffect(0, 1))))
          .as("person %d", i)
          .isGreaterThan(corners(person.express(new ShownAffect(0, -1))) + 0.5);
    }
  }

  @Test
  void express_sameState_differsBetweenPeople() {
    ShownAffect anger = new ShownAffect(0.8f, -0.8f);

    assertThat(deviation(anger, FacialActions::browFrown)).isGreaterThan(0.15);
    assertThat(deviation(anger, FacialActions::jawOpen)).isGreaterThan(0.1);
    assertThat(deviation(new ShownAffect(0, 0.6f), ExpressionTest::corners)).isGreaterThan(0.12);
    assertThat(deviation(ShownAffect.NEUTRAL, FacialActions::lidOpening)).isGreaterThan(0.03);
  }

  @Test
  void people_sameSeed_areTheSame_otherIndexOrSeed_areNot() {
    SyntheticPeople same = new SyntheticPeople(23);

    assertThat(same.person(9).seed()).isEqualTo(people.person(9).seed());
    assertThat(new SyntheticPeople(24).person(9).seed()).isNotEqualTo(people.person(9).seed());
    assertThat(people.person(10).seed()).isNotEqualTo(people.person(9).seed());
  }

  @Test
  void heldOut_anyIndex_isNobodyToTrainOn() {
    assertThat(people.heldOut(0).seed()).isEqualTo(people.person(-1).seed());
    assertThatThrownBy(() -> people.heldOut(-1)).isInstanceOf(IllegalArgumentException.class);
    long[] seeds = new long[2000];
    for (int i = 0; i < 1000; i++) {
      seeds[i] = people.person(i).seed();
      seeds[1000 + i] = people.heldOut(i).seed();
    }
    assertThat(seeds).doesNotHaveDuplicates();
  }

  private static double corners(FacialActions actions) {
    return 0.5 * (actions.leftCorner() + actions.rightCorner());
  }

  private double mean(ShownAffect affect, ToDoubleFunction<FacialActions> what) {
    double sum = 0;
    for (int i = 0; i < POPULATION; i++) {
      sum += what.applyAsDouble(people.person(i).express(affect));
    }
    return sum / POPULATION;
  }

  private double deviation(ShownAffect affect, ToDoubleFunction<FacialActions> what) {
    double mean = mean(affect, what);
    return Math.sqrt(mean(affect, actions -> Math.pow(what.applyAsDouble(actions) - mean, 2)));
  }
}
