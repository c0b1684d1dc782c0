package io.paffmem.evaluation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AgreementTest {
  private static final Set<String> NONE = Set.of();

  @Test
  void of_answersAreLabels_everyFigureIsOne() {
    List<Row> rows = rows(40, new Random(1));
    float[] answers = new float[80];
    for (int i = 0; i < 40; i++) {
      answers[2 * i] = rows.get(i).arousal();
      answers[2 * i + 1] = rows.get(i).valence();
    }

    for (int axis = 0; axis < 2; axis++) {
      Agreement agreement = Agreement.of(rows, answers, axis, Set.of("label 0"), 1);

      assertThat(agreement.ccc()).isCloseTo(1, within(1e-9));
      assertThat(agreement.correlation()).isCloseTo(1, within(1e-9));
      assertThat(agreement.balancedCcc()).isCloseTo(1, within(1e-9));
      assertThat(agreement.rareCcc()).isCloseTo(1, within(1e-9));
      Interval interval = requireNonNull(agreement.interval());
      assertThat(interval.low()).isCloseTo(1, within(1e-9));
      assertThat(interval.high()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void of_shiftedAnswers_byHand() {
    // Labels -0.5 and 0.5, answers 0 and 0.5: cov 0.125, variances 0.0625 and 0.25, shift 0.25.
    List<Row> rows = List.of(new Row("a", "x", -0.5f, 0), new Row("b", "y", 0.5f, 0));

    Agreement agreement = Agreement.of(rows, new float[] {0, 0, 0.5f, 0}, 0, NONE, 1);

    assertThat(agreement.ccc()).isCloseTo(2 * 0.125 / (0.0625 + 0.25 + 0.0625), within(1e-9));
    assertThat(agreement.correlation()).isCloseTo(1, within(1e-9));
  }

  @Test
  void of_constantAnswers_noFigureInsteadOfZero() {
    List<Row> rows = rows(20, new Random(2));

    Agreement agreement = Agreement.of(rows, new float[40], 0, Set.of("label 0"), 1);

    assertThat(agreement).isEqualTo(new Agreement(null, null, null, null, null));
  }

  @Test
  void of_oneLabelMadeTenfold_movesPlainAndNotBalanced() {
    Random random = new Random(3);
    List<Row> few = new ArrayList<>();
    List<Row> many = new ArrayList<>();
    List<Float> fewAnswers = new ArrayList<>();
    List<Float> manyAnswers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Row row = new Row("p" + i, "label " + i % 3, (i % 3 - 1) * 0.8f, 0);
      // Good at label 0, blind to the others.
      float answer = (i % 3 == 0 ? -0.8f : 0.4f) + 0.1f * (float) random.nextGaussian();
      for (int copy = 0; copy < (i % 3 == 0 ? 10 : 1); copy++) {
        many.add(row);
        manyAnswers.add(answer);
      }
      few.add(row);
      fewAnswers.add(answer);
    }

    Agreement ofFew = Agreement.of(few, answers(fewAnswers), 0, NONE, 1);
    Agreement ofMany = Agreement.of(many, answers(manyAnswers), 0, NONE, 1);

    assertThat(requireNonNull(ofMany.balancedCcc()))
        .isCloseTo(requireNonNull(ofFew.balancedCcc()), within(1e-6));
    assertThat(Math.abs(requireNonNull(ofMany.ccc()) - requireNonNull(ofFew.ccc())))
        .isGreaterThan(0.01);
    assertThat(requireNonNull(ofFew.ccc()))
        .isCloseTo(requireNonNull(ofFew.balancedCcc()), within(1e-6));
  }

  @Test
  void of_commonLabels_rareLeavesThemOut() {
    List<Row> rows = new ArrayList<>();
    float[] answers = new float[40];
    Random random = new Random(4);
    for (int i = 0; i < 20; i++) {
      float truth = 2 * random.nextFloat() - 1;
      rows.add(new Row("p" + i, i < 10 ? "common" : "rare", truth, 0));
      answers[2 * i] = i < 10 ? -truth : truth;
    }

    Agreement agreement = Agreement.of(rows, answers, 0, Set.of("common"), 1);

    assertThat(agreement.rareCcc()).isCloseTo(1, within(1e-9));
    assertThat(requireNonNull(agreement.ccc())).isLessThan(0.8);
    assertThat(Agreement.of(rows, answers, 0, NONE, 1).rareCcc()).isNull();
  }

  @Test
  void of_interval_coversTheFigureIsSeededAndWidensWithFewerPeople() {
    Random random = new Random(5);
    List<Row> everyone = rows(400, random);
    float[] answers = new float[800];
    for (int i = 0; i < 400; i++) {
      answers[2 * i] = 0.5f * everyone.get(i).arousal() + 0.3f * (float) random.nextGaussian();
    }

    Agreement agreement = Agreement.of(everyone, answers, 0, NONE, 7);
    Agreement ofFew = Agreement.of(everyone.subList(0, 40), answers, 0, NONE, 7);

    Interval interval = requireNonNull(agreement.interval());
    assertThat(requireNonNull(agreement.ccc())).isBetween(interval.low(), interval.high());
    assertThat(Agreement.of(everyone, answers, 0, NONE, 7).interval()).isEqualTo(interval);
    Interval wide = requireNonNull(ofFew.interval());
    assertThat(wide.high() - wide.low()).isGreaterThan(interval.high() - interval.low());
  }

  @Test
  void of_onePerson_noInterval() {
    List<Row> rows = List.of(new Row("a", "x", -0.5f, 0), new Row("a", "y", 0.5f, 0));

    assertThat(Agreement.of(rows, new float[] {-1, 0, 1, 0}, 0, NONE, 1).interval()).isNull();
  }

  /** Two rows a person, three labels. */
  private static List<Row> rows(int count, Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new Row(
              "person " + i / 2,
              "label " + i % 3,
              2 * random.nextFloat() - 1,
              2 * random.nextFloat() - 1));
    }
    return rows;
  }

  private static float[] answers(List<Float> arousal) {
    float[] answers = new float[2 * arousal.size()];
    for (int i = 0; i < arousal.size(); i++) {
      answers[2 * i] = arousal.get(i);
    }
    return answers;
  }
}
