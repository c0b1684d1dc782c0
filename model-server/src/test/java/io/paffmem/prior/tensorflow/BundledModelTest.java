package io.paffmem.prior.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BundledModelTest {
  @ParameterizedTest
  @EnumSource
  void load_eachInTheBox_isThePkOfItsVersion(BundledModel model) {
    try (SavedModelPrior prior = model.load(Device.CPU)) {
      assertThat(prior.modelVersion()).isEqualTo(model.version()).matches("pk-[a-z0-9-]+");
      assertThat(prior.latentSize()).isEqualTo(50);
    }
  }

  @Test
  void labelled_aFolder_isNoneOfThem() {
    assertThat(BundledModel.labelled("open")).contains(BundledModel.OPEN);
    assertThat(BundledModel.labelled("standard")).contains(BundledModel.STANDARD);
    assertThat(BundledModel.labelled("./open")).isEmpty();
    assertThat(BundledModel.labels()).isEqualTo("standard|open");
  }
}
