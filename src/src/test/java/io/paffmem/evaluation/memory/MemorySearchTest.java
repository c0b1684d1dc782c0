package io.paffmem.evaluation.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.memory.MemoryEvaluation.Row;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.Intervals;
import org.junit.jupiter.api.Test;

class MemorySearchTest {
  private static final Row PK = row(0.6, 0.8, 0.6, 0.8);

  @Test
  void score_photographsNotWorse_isThePartOfTheGapThatIsClosed() {
    Row videos = row(0.7, 0.9, 0.6, 0.85);

    // Of the CCC 1/4 and 1/2, of the correlation 0 and 1/4.
    assertThat(MemorySearch.score(PK, videos, PK, PK)).isCloseTo(0.25, within(1e-9));
    assertThat(MemorySearch.score(PK, videos, PK, row(0.9, 0.9, 0.9, 0.9)))
        .as("nor does it count if they are better")
        .isCloseTo(0.25, within(1e-9));
  }

  @Test
  void score_photographsWorseAnywhere_losesTenfold() {
    Row videos = row(0.7, 0.9, 0.6, 0.85);

    assertThat(MemorySearch.score(PK, videos, PK, row(0.7, 0.8, 0.59, 0.9)))
        .isCloseTo(0.25 - 0.1, within(1e-9));
  }

  @Test
  void score_answersThatNeverChange_agreeWithNothing() {
    Axes none = new Axes(null, null);
    Row constant = row(none, none);

    // -0.6 / 0.4 and -0.8 / 0.2.
    assertThat(MemorySearch.score(PK, constant, PK, PK)).isCloseTo(-2.75, within(1e-9));
  }

  private static Row row(
      double arousal, double valence, double correlationArousal, double correlationValence) {
    return row(new Axes(arousal, valence), new Axes(correlationArousal, correlationValence));
  }

  private static Row row(Axes ccc, Axes correlation) {
    Axes none = new Axes(null, null);
    return new Row(
        "any", ccc, none, correlation, none, none, new Intervals(null, null), 0, 0, none, 0);
  }
}
