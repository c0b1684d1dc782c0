package io.paffmem.evaluation.prior;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.Evaluation.GeometryFigures;
import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GeometryTest {
  private final List<Row> rows = new ArrayList<>();
  private final List<float[]> z = new ArrayList<>();

  @Test
  void of_onePersonByHand_everyFigure() {
    // Same label: d2 1 and 1. Different labels: 9, 16, 4, 9.
    add("ann", "calm", 0);
    add("ann", "calm", 1);
    add("ann", "glad", 3);
    add("ann", "glad", 4);

    Geometry geometry = measure();

    assertThat(geometry.rows()).isEqualTo(4);
    assertThat(geometry.people()).isEqualTo(1);
    assertThat(geometry.sameLabelDistance()).isEqualTo(1);
    assertThat(geometry.explained()).isCloseTo(1 - 1 / (40 / 6.0), within(1e-9));
    assertThat(geometry.auc()).isEqualTo(1);
    assertThat(geometry.explainedInterval()).isNull();
    assertThat(geometry.sd().mean()).isCloseTo(Math.sqrt(2.5), within(1e-9));
  }

  @Test
  void of_ties_countHalf() {
    // Same label: 1. Different labels: 1 (a tie) and 4.
    add("ann", "calm", 0);
    add("ann", "calm", 1);
    add("ann", "glad", 2);

    assertThat(measure().auc()).isEqualTo(0.75);
  }

  @Test
  void of_otherPeopleFarAway_pairsOfTwoPeopleNeverCount() {
    for (int person = 0; person < 5; person++) {
      for (int i = 0; i < 4; i++) {
        add("p" + person, "label " + i / 2, 100 * person + i);
      }
    }

    Geometry together = measure();

    // As of one person: same label 1 and 1, different labels 4, 9, 1, 4.
    assertThat(together.explained()).isCloseTo(1 - 1 / (20 / 6.0), within(1e-9));
    assertThat(together.auc()).isCloseTo((0.5 * 2 + 6) / 8, within(1e-9));
    assertThat(together.people()).isEqualTo(5);
  }

  @Test
  void of_peopleWithOneKindOfPair_countOnlyTowardsTheUnit() {
    add("ann", "calm", 0);
    add("ann", "calm", 3);
    add("bob", "calm", 0);
    add("bob", "glad", 1);

    Geometry geometry = measure();

    assertThat(geometry.people()).isZero();
    assertThat(geometry.sameLabelDistance()).isEqualTo(9);
    assertThat(geometry.explained()).isNull();
    assertThat(geometry.auc()).isNull();
  }

  @Test
  void of_onePersonWithManyPictures_weighsByPicturesNotByPairs() {
    // Ann's expressions lie apart (AUC 1, 2 x 20 pictures), Bob's do not (AUC 0, 3 pictures).
    for (int i = 0; i < 20; i++) {
      add("ann", "calm", 0.01f * i);
      add("ann", "glad", 10 + 0.01f * i);
    }
    add("bob", "calm", 0);
    add("bob", "calm", 9);
    add("bob", "glad", 4.5f);

    assertThat(measure().auc()).isCloseTo(40 / 43.0, within(1e-9));
  }

  @Test
  void of_labelsThatMeanNothing_explainNothing() {
    Random random = new Random(11);
    for (int person = 0; person < 60; person++) {
      for (int i = 0; i < 12; i++) {
        add("p" + person, "label " + i % 3, (float) random.nextGaussian());
      }
    }

    Geometry geometry = measure();

    assertThat(requireNonNull(geometry.explained())).isCloseTo(0, within(0.03));
    assertThat(requireNonNull(geometry.auc())).isCloseTo(0.5, within(0.02));
    Interval interval = requireNonNull(geometry.aucInterval());
    assertThat(interval.low()).isLessThan(0.5);
    assertThat(interval.high()).isGreaterThan(0.5);
  }

  @Test
  void of_knownShareOfVariance_isFound() {
    // Label moves z by N(0, 1), all else by N(0, 3): a quarter is explained, with 2 a label too.
    Random random = new Random(12);
    for (int person = 0; person < 2000; person++) {
      for (int label = 0; label < 8; label++) {
        float place = (float) random.nextGaussian();
        for (int i = 0; i < 2; i++) {
          add("p" + person, "" + label, place + (float) (Math.sqrt(3) * random.nextGaussian()));
        }
      }
    }

    // Of all pairs, 8 in 120 share their label and so differ by less: 1/4 x 112/120 is expected.
    assertThat(requireNonNull(measure().explained()))
        .isCloseTo(1 - 3 / (3 + 112 / 120.0), within(0.01));
  }

  @Test
  void of_scaledZ_onlySdAndUnitChange() {
    Random random = new Random(13);
    for (int i = 0; i < 60; i++) {
      int label = i / 30;
      add("p" + i % 6, "label " + label, label + (float) random.nextGaussian());
    }
    Geometry plain = measure();
    z.replaceAll(row -> new float[] {4 * row[0]});
    Geometry scaled = measure();

    assertThat(scaled.explained()).isCloseTo(requireNonNull(plain.explained()), within(1e-6));
    assertThat(scaled.auc()).isEqualTo(plain.auc());
    assertThat(scaled.sd().mean()).isCloseTo(4 * plain.sd().mean(), within(1e-6));
    assertThat(scaled.sameLabelDistance())
        .isCloseTo(16 * requireNonNull(plain.sameLabelDistance()), within(1e-3));
  }

  @Test
  void figures_disturbances_areDividedByTheUnit() {
    add("ann", "calm", 0);
    add("ann", "calm", 2);

    GeometryFigures figures =
        GeometryFigures.of(
            measure(), OptionalDouble.of(2), OptionalDouble.of(0.4), OptionalDouble.empty());

    assertThat(figures.reencoding()).isEqualTo(0.5);
    assertThat(figures.pixelShift()).isEqualTo(0.1);
    assertThat(figures.nextFrame()).isNull();
  }

  @Test
  void figures_nobodyTwice_noUnitSoNoFigure() {
    add("ann", "calm", 0);
    add("bob", "calm", 2);

    GeometryFigures figures =
        GeometryFigures.of(
            measure(), OptionalDouble.of(2), OptionalDouble.of(0.4), OptionalDouble.empty());

    assertThat(figures.sameLabelDistance()).isNull();
    assertThat(figures.reencoding()).isNull();
  }

  private void add(String person, String label, float value) {
    rows.add(new Row(person, label, 0, 0));
    z.add(new float[] {value});
  }

  private Geometry measure() {
    float[] all = new float[z.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = z.get(i)[0];
    }
    return Geometry.of(new EmbeddedFaces(rows, 1, all, new float[2 * all.length], 0), 1);
  }
}
