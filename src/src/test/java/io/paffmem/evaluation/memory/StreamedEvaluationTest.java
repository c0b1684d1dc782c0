package io.paffmem.evaluation.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.memory.StreamedEvaluation.Event;
import io.paffmem.evaluation.memory.StreamedEvaluation.Figures;
import io.paffmem.evaluation.memory.StreamedEvaluation.Pair;
import io.paffmem.evaluation.memory.StreamedEvaluation.Prediction;
import io.paffmem.evaluation.memory.StreamedEvaluation.Table;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamedEvaluationTest {
  private final StreamedEvaluation evaluation = new StreamedEvaluation("v1");

  /** By hand: answers 0, 1 with labels 0, 1 agree; 1, 0 disagree as much as they can. */
  @Test
  void figures_twoVideos_overAllRowsAndAsTheMeanOfVideos() {
    add("v1", null, 0, 0.0, 0.0);
    add("v1", null, 1, 1.0, 1.0);
    add("v2", null, 0, 1.0, 0.0);
    add("v2", null, 1, 0.0, 1.0);

    Figures figures = evaluation.figures();

    assertThat(figures.events()).isEqualTo(4);
    assertThat(figures.videos()).isEqualTo(2);
    assertThat(figures.utterances()).isNull();
    Table frames = figures.frames();
    assertThat(frames.rows()).isEqualTo(4);
    assertThat(frames.ccc().memory().arousal()).isEqualTo(0.0, within(1e-12));
    assertThat(frames.meanOfVideos().memory().arousal()).isEqualTo(0.0, within(1e-12));
    assertThat(frames.ccc().prior().valence()).as("the PK never changes").isNull();
    assertThat(frames.videosWithCcc()).isZero();
  }

  @Test
  void figures_videosOfUnequalLength_countAlikeInTheMean() {
    for (int i = 0; i < 8; i++) {
      add("v1", null, i, i % 2, i % 2);
    }
    add("v2", null, 0, 1, 0);
    add("v2", null, 1, 0, 1);

    Table frames = evaluation.figures().frames();

    // 10 rows, 8 alike and 2 opposite: covariance 0.15, variances 0.25 each.
    assertThat(frames.ccc().memory().arousal()).isEqualTo(0.6, within(1e-12));
    assertThat(frames.meanOfVideos().memory().arousal()).isEqualTo(0.0, within(1e-12));
  }

  @Test
  void figures_utterances_meanOfTheFramesThatThereAre() {
    // Of the frames 0 to 3 of the first, two had no face: they are missing, not 0.
    add("v1", "utterance_2", 0, 0.2, 0.5);
    add("v1", "utterance_2", 3, 0.6, 0.5);
    add("v1", "utterance_10", 0, -0.4, -0.5);

    Table utterances = Objects.requireNonNull(evaluation.figures().utterances());

    assertThat(utterances.rows()).isEqualTo(2);
    // Answers 0.4, -0.4 with labels 0.5, -0.5: 2 * 0.2 / (0.16 + 0.25).
    assertThat(utterances.ccc().memory().arousal()).isEqualTo(0.4 / 0.41, within(1e-12));
    assertThat(evaluation.predictions())
        .extracting(Prediction::utterance)
        .containsExactly("utterance_2", "utterance_10");
    assertThat(evaluation.predictions().get(0).arousal()).isEqualTo(0.4, within(1e-12));
  }

  @Test
  void figures_twoRunsOfOneVideo_keptApart() {
    add("omg:1/v1", "u", 0, 0.4, 0.5);
    add("omg:2/v1", "u", 0, 0.8, 0.5);

    assertThat(evaluation.figures().videos()).isEqualTo(2);
    assertThat(evaluation.figures().duplicated()).isZero();
    assertThat(evaluation.predictions())
        .containsExactly(
            new Prediction("omg:1/v1", "v1", "u", 0.4, 0.4),
            new Prediction("omg:2/v1", "v1", "u", 0.8, 0.8));
    assertThat(evaluation.drawnPeople()).containsExactly("omg:1/v1", "omg:2/v1");
  }

  @Test
  void add_twiceOrWithoutALabel_countsNothingElse() {
    add("v1", null, 0, 0.5, 0.5);
    add("v1", null, 0, 0.1, 0.5);
    evaluation.add(
        new Event("v1", "v1", null, "v1", 1, 0, new Pair(0, 0), new Pair(0, 0), 1, null));

    Figures figures = evaluation.figures();

    assertThat(figures.events()).isEqualTo(1);
    assertThat(figures.duplicated()).isEqualTo(1);
    assertThat(figures.unlabelled()).isEqualTo(1);
  }

  @Test
  void add_numbersThatAreTimes_toldApartInFewBits() {
    long millis = 1_700_000_000_000L;
    for (long sequence : new long[] {millis, millis + 1, Integer.MAX_VALUE, millis + 1}) {
      add("v1", null, sequence, 0.5, 0.5);
    }

    assertThat(evaluation.events()).isEqualTo(3);
    assertThat(evaluation.figures().duplicated()).isEqualTo(1);
  }

  @Test
  void figure_ofTheChosenVideo_whateverTheOrderOfItsEvents() {
    StreamedEvaluation other = new StreamedEvaluation("v1");
    for (int i = 0; i < 20; i++) {
      add("v1", null, i, Math.sin(i), Math.sin(i + 1));
      add("v2", null, i, 0, 0);
    }
    for (int i = 19; i >= 0; i--) {
      add(other, "v1", null, i, Math.sin(i), Math.sin(i + 1));
    }

    assertThat(evaluation.figure()).isPresent();
    assertThat(evaluation.figure()).isEqualTo(other.figure());
    assertThat(evaluation.figure().orElseThrow()).contains("<svg", "activity");
    assertThat(new StreamedEvaluation("v3").figure()).isEmpty();
  }

  private void add(
      String person, @Nullable String utterance, long sequence, double answer, double label) {
    add(evaluation, person, utterance, sequence, answer, label);
  }

  private static void add(
      StreamedEvaluation evaluation,
      String person,
      @Nullable String utterance,
      long sequence,
      double answer,
      double label) {
    evaluation.add(
        new Event(
            person,
            person.substring(person.indexOf('/') + 1),
            utterance,
            person + utterance,
            sequence,
            sequence * 1000,
            new Pair(0.25, 0.25),
            new Pair(answer, answer),
            0.5f,
            new Pair(label, label)));
  }
}
