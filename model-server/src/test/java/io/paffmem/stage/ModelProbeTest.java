package io.paffmem.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelProbeTest {
  private final FakePrior prior = new FakePrior();
  private final ModelProbe probe = new ModelProbe(prior);

  @Test
  void problem_modelThatFails_isToldUntilItAnswers() {
    prior.broken = true;
    assertThat(probe.problem()).get().asString().contains("does not answer", "The device is gone");
    prior.broken = false;
    prior.speaksNonsense = true;
    assertThat(probe.problem()).contains("the model fake-1 gives no finite answer");
    prior.speaksNonsense = false;
    assertThat(probe.problem()).isEmpty();
  }

  @Test
  void problem_withoutDoubt_doesNotAskAgain() {
    assertThat(probe.problem()).isEmpty();
    prior.broken = true;

    assertThat(probe.problem()).isEmpty();
    probe.doubt();
    assertThat(probe.problem()).isPresent();
  }

  @Test
  void requireAnswer_modelThatFails_isAnOutageWithItsCause() {
    prior.broken = true;
    RuntimeException cause = new IllegalStateException("no memory");

    assertThatThrownBy(() -> probe.requireAnswer(cause))
        .isInstanceOf(ModelOutageException.class)
        .hasCause(cause);
    assertThat(probe.problem()).isPresent();
  }

  @Test
  void requireAnswer_modelThatAnswers_returns() {
    probe.requireAnswer(null);

    assertThat(prior.encodeRuns).containsExactly(1);
    assertThat(prior.imagineRuns).containsExactly(1);
  }
}
