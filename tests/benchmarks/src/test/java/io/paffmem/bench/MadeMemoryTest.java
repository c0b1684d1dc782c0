package io.paffmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MadeMemoryTest {
  @Test
  void made_isFullConnectedAndKeepsItsNeurons() {
    MadeMemory memory = new MadeMemory(100, 1);
    double degree = memory.meanDegree();

    memory.settle();

    assertThat(memory.neurons()).isEqualTo(100);
    assertThat(degree).isBetween(5.0, 15.0);
    assertThat(memory.meanDegree()).isBetween(5.0, 15.0);
  }

  @Test
  void recognize_facesOfTheVideo_areKnownMoreOrLessAndComeAgain() {
    MadeMemory memory = new MadeMemory(100, 1);
    double activity = 0;
    for (int frame = 0; frame < 1024; frame++) {
      activity += memory.recognize(frame).activity() / 1024;
    }

    assertThat(activity).isBetween(0.3, 0.95);
    assertThat(memory.recognize(1024).bestMatchingUnit())
        .isEqualTo(memory.recognize(0).bestMatchingUnit());
  }

  @Test
  void made_fewerThanTenNeurons_isRefused() {
    assertThatThrownBy(() -> new MadeMemory(9, 1)).hasMessageContaining("9 neurons");
  }
}
