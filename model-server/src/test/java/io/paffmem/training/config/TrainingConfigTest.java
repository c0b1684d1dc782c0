package io.paffmem.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrainingConfigTest {

  @Test
  void learningRate_constantThenFallsToATwentieth() {
    TrainingConfig config = with(48, 1e-3, 0.6, 0.15);

    assertThat(config.learningRate(0)).isEqualTo(1e-3);
    assertThat(config.learningRate(0.6)).isEqualTo(1e-3);
    assertThat(config.learningRate(0.8)).isCloseTo(0.525e-3, within(1e-12));
    assertThat(config.learningRate(1)).isCloseTo(0.5e-4, within(1e-12));
    assertThat(config.learningRate(1.5)).isCloseTo(0.5e-4, within(1e-12));
    assertThat(with(48, 1e-3, 1, 0.15).learningRate(1)).isEqualTo(1e-3);
  }

  @Test
  void encoderAlone_countsNoLossOfTheGeneratorAndShowsItNoFace() {
    TrainingConfig alone = TrainingConfig.standard(1).encoderAlone();

    assertThat(alone.generated()).isZero();
    assertThat(alone.batch()).isEqualTo(TrainingConfig.standard(1).batch());
    assertThat(alone.encoderFixed()).isFalse();
    assertThat(alone.weights().byLoss())
        .containsOnlyKeys(Loss.EMOTION, Loss.PRIOR, Loss.CONCORDANCE, Loss.DISTANCE, Loss.SPREAD);
  }

  @Test
  void generatorAlone_countsOnlyLossesOfTheGeneratorAndShowsItEveryFace() {
    TrainingConfig alone = TrainingConfig.standard(1).generatorAlone();

    assertThat(alone.generated()).isEqualTo(alone.batch());
    assertThat(alone.encoderFixed()).isTrue();
    assertThat(alone.weights().byLoss().keySet()).allMatch(Loss::ofGenerator);
  }

  @Test
  void new_outOfRange_isRefusedByName() {
    assertThatThrownBy(() -> with(6, 1e-3, 0.6, 0.15)).hasMessageContaining("batch is 6");
    assertThatThrownBy(() -> with(48, 0, 0.6, 0.15)).hasMessageContaining("learningRate is 0.0");
    assertThatThrownBy(() -> with(48, Double.NaN, 0.6, 0.15)).hasMessageContaining("learningRate");
    assertThatThrownBy(() -> with(48, 1e-3, 1.1, 0.15)).hasMessageContaining("constantShare is");
    assertThatThrownBy(() -> with(48, 1e-3, 0.6, 0)).hasMessageContaining("validationShare is");
    assertThatThrownBy(() -> with(48, 1e-3, 0.6, 1)).hasMessageContaining("validationShare is");
  }

  private static TrainingConfig with(int batch, double rate, double constant, double validation) {
    return new TrainingConfig(
        batch, 4, false, rate, constant, LossWeights.paper(), 0, 0.05, 0, 0.999, validation, 0, 1);
  }
}
