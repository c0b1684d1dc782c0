package io.paffmem.evaluation.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.evaluation.statistics.Axes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CertaintyTest {
  private static final int FACES = 20_000;

  @Test
  void of_gaussianErrorsOfTheToldSize_intervalsHoldWhatTheyPromise() {
    Certainty certainty = Objects.requireNonNull(Certainty.of(faces(1)));

    assertThat(certainty.held80().arousal()).isCloseTo(0.8, within(0.01));
    assertThat(certainty.held90().arousal()).isCloseTo(0.9, within(0.01));
    assertThat(certainty.held90().valence()).isCloseTo(0.9, within(0.01));
    assertThat(certainty.held90ByLabel()).containsOnlyKeys("sure", "unsure");
    for (Axes held : certainty.held90ByLabel().values()) {
      assertThat(held.valence()).isCloseTo(0.9, within(0.02));
    }
  }

  @Test
  void of_errorsTwiceAsLargeAsTold_intervalsHoldLess() {
    Certainty certainty = Objects.requireNonNull(Certainty.of(faces(2)));

    // P(|x| < 1.6449 / 2) of a standard Gaussian.
    assertThat(certainty.held90().arousal()).isCloseTo(0.589, within(0.015));
  }

  @Test
  void of_leastCertainLeftOut_errorFallsToThatOfTheSureOnes() {
    Certainty certainty = Objects.requireNonNull(Certainty.of(faces(1)));

    // Half of the faces have a deviation of 0.05, half of 0.2.
    assertThat(Objects.requireNonNull(certainty.errorByCoverage().get(1.0)).valence())
        .isCloseTo(Math.sqrt((0.05 * 0.05 + 0.2 * 0.2) / 2), within(0.005));
    assertThat(Objects.requireNonNull(certainty.errorByCoverage().get(0.5)).valence())
        .isCloseTo(0.05, within(0.002));
  }

  @Test
  void of_pkThatDoesNotTell_isNull() {
    EmbeddedFaces silent =
        new EmbeddedFaces(List.of(new Row("a", "x", 0, 0)), 1, new float[1], new float[2], 0);

    assertThat(Certainty.of(silent)).isNull();
  }

  /** Faces whose errors are so many times as large as the PK tells. */
  private static EmbeddedFaces faces(double factor) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    float[] affect = new float[2 * FACES];
    float[] deviation = new float[2 * FACES];
    for (int i = 0; i < FACES; i++) {
      boolean sure = i % 2 == 0;
      rows.add(new Row("p" + i, sure ? "sure" : "unsure", 0.1f, -0.2f));
      for (int axis = 0; axis < 2; axis++) {
        deviation[2 * i + axis] = sure ? 0.05f : 0.2f;
        float label = axis == 0 ? 0.1f : -0.2f;
        affect[2 * i + axis] =
            (float) (label + factor * deviation[2 * i + axis] * random.nextGaussian());
      }
    }
    return new EmbeddedFaces(rows, 1, new float[FACES], affect, deviation, 0);
  }
}
