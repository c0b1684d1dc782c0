package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.memory.ReadingConfig.Rule;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AffectiveMemoryTest {
  private static final ReadingConfig ALONE =
      new ReadingConfig(Rule.CORRECTED, 2, 2, 0, 0.5f, 4, 0, 0, 0, 1000, 0);

  private final Recognition seen = new Recognition();

  @Test
  void recognize_paper_isTheLabelOfTheNearestInZ() {
    AffectiveMemory memory = memory(ReadingConfig.paper());
    MemoryState state = memory(ALONE.priorWeight(), 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, new float[] {0.1f}, 0.9f, 0.9f, 0, seen);
    memory.learn(state, new float[] {0.1f}, 0.9f, 0.9f, seen);
    memory.recognize(state, new float[] {0.2f}, -0.9f, -0.9f, 0, seen);

    assertThat(seen.arousal()).isEqualTo(0.5f);
    assertThat(seen.valence()).isEqualTo(0.5f);
  }

  @Test
  void recognize_corrected_addsWhatThePkLacksNearby() {
    // Two neurons, both near: labels +-0.5, which the PK reads as +-0.3.
    AffectiveMemory memory = memory(ALONE);
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // The lacks +0.2 and -0.2 cancel: of two neighbours the mean is 0.
    assertThat(seen.arousal()).isCloseTo(0.3f, within(1e-6f));

    AffectiveMemory one =
        memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 0.5f, 4, 0, 0, 0, 1000, 0));
    one.recognize(state, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // Fidelity 1 - 2 * 0.04 / 0.5 = 0.84, distance 0: 0.3 + 0.5 * 0.84^4 * 0.2.
    assertThat(seen.arousal()).isCloseTo(0.349787f, within(1e-6f));
    assertThat(seen.bestMatchingUnit()).isZero();
    assertThat(seen.activity()).isCloseTo(1, within(1e-6f));
  }

  @Test
  void recognize_byAKernel_nearNeuronsCountMore() {
    // Squared distances 0 and 1 + (2 * 0.6)^2 * 2 = 3.88; half of the kernel's width apart.
    AffectiveMemory memory =
        memory(new ReadingConfig(Rule.CORRECTED, 2, 2, 7.76f, 0.5f, 4, 0, 0, 0, 1000, 0));
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // Lacks +0.2 and -0.2, weights 1 and exp(-0.5): 0.3 + 0.049787 * tanh(0.25).
    assertThat(seen.arousal()).isCloseTo(0.3121937f, within(1e-6f));
  }

  @Test
  void recognize_labelsOfSeveral_isTheirMean() {
    ReadingConfig plain = new ReadingConfig(Rule.LABELS, 2, 2, 0, 1, 1, 0, 0, 0, 1, 0);
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.3f, -0.3f);

    memory(plain).recognize(state, new float[] {0}, 0.3f, 0.3f, 0, seen);
    assertThat(seen.arousal()).isCloseTo(0.1f, within(1e-6f));
    memory(plain.toBuilder().kernel(7.76f).build())
        .recognize(state, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // 0.1 + 0.4 * tanh(0.25).
    assertThat(seen.valence()).isCloseTo(0.1979675f, within(1e-6f));
  }

  @Test
  void recognize_faceThatStandsAlone_isThePksOwnAnswer() {
    // The PK lacks 0.2, much is corrected, and the person is usually at 0.3.
    ReadingConfig reading = new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 1, 4, 0, 0, 1000, 100, 1);
    AffectiveMemory memory = memory(reading);
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);
    for (int i = 0; i < 300; i++) {
      state.course().add(0.3f, 0.3f, 40L * i);
    }

    memory.recognize(state, new float[] {0}, 0.3f, 0.3f, 40L * 300, seen);
    assertThat(seen.readArousal).isCloseTo(0.3f + 0.0957f, within(1e-3f));
    assertThat(Math.abs(seen.arousal() - 0.3f)).isGreaterThan(0.01f);
    memory.recognize(state, new float[] {0}, 0.3f, 0.3f, 40L * 299 + 3_600_000, seen);

    assertThat(seen.arousal()).isEqualTo(0.3f);
    assertThat(seen.valence()).isEqualTo(0.3f);
  }

  @Test
  void recognize_farFromAllThatWasImagined_isThePksOwnAnswer() {
    AffectiveMemory memory =
        memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 1, 0.5f, 0, 0, 0, 1000, 0));
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, new float[] {-3}, 0.3f, -0.2f, 0, seen);

    assertThat(seen.arousal()).isCloseTo(0.3f, within(1e-6f));
    assertThat(seen.valence()).isCloseTo(-0.2f, within(1e-6f));
  }

  @Test
  void recognize_somebodyWhomThePkImaginesBadly_isThePksOwnAnswer() {
    // The PK reads the opposite of what was wished for: fidelity 0.
    AffectiveMemory memory = memory(ALONE);
    MemoryState state = memory(2, 0, 0.5f, -0.5f, 1, -0.5f, 0.5f);

    memory.recognize(state, new float[] {0}, -0.5f, -0.5f, 0, seen);

    assertThat(seen.arousal()).isEqualTo(-0.5f);
    assertThat(seen.valence()).isEqualTo(-0.5f);
  }

  @Test
  void recognize_personSeenForTheFirstTime_isThePksOwnAnswer_andTrustGrows() {
    AffectiveMemory memory =
        memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 0.5f, 4, 3, 0, 0, 1000, 0));
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, new float[] {0}, 0.3f, 0.3f, 0, seen);
    assertThat(seen.arousal()).isEqualTo(0.3f);
    state.course().add(0.3f, 0.3f, 0);
    memory.recognize(state, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // After one answer a quarter of 0.049787.
    assertThat(seen.arousal()).isCloseTo(0.3124468f, within(1e-6f));
  }

  @Test
  void recognize_soonAfterAnother_isJoinedWithIt() {
    AffectiveMemory memory =
        memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 0, 4, 0, 100, 0, 1000, 0));
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);
    memory.recognize(state, new float[] {0}, 0.2f, -0.4f, 1000, seen);
    assertThat(seen.arousal()).isEqualTo(0.2f);
    memory.learn(state, new float[] {0}, 0.2f, -0.4f, seen);

    memory.recognize(state, new float[] {0}, 0.6f, 0.4f, 1100, seen);

    // 1 - 1/e of the way.
    assertThat(seen.arousal()).isCloseTo(0.2f + 0.6321206f * 0.4f, within(1e-6f));
    assertThat(seen.valence()).isCloseTo(-0.4f + 0.6321206f * 0.8f, within(1e-6f));
    memory.recognize(state, new float[] {0}, 0.6f, 0.4f, 61_000, seen);
    assertThat(seen.arousal()).isCloseTo(0.6f, within(1e-6f));
  }

  @Test
  void recognize_afterManyAnswers_isSeenFromWhatIsUsual() {
    ReadingConfig reading = new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 0, 4, 0, 0, 0, 100, 1);
    AffectiveMemory memory = memory(reading);
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);
    for (int i = 0; i < 300; i++) {
      float prior = i % 2 == 0 ? 0.5f : 0.1f;
      memory.recognize(state, new float[] {0}, prior, 0, i, seen);
      memory.learn(state, new float[] {0}, prior, 0, seen);
    }

    memory.recognize(state, new float[] {0}, 0.5f, 0, 300, seen);

    // w = 300 / 400, mean 0.3, variance 0.04: (0.5 - 0.225) / sqrt(0.75 * 0.04 + 0.25 / 3) *
    // 0.57735.
    assertThat(seen.arousal()).isCloseTo(0.471622f, within(1e-5f));
    // A share of 0 leaves the answer as it is.
    memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 0, 4, 0, 0, 0, 100, 0))
        .recognize(state, new float[] {0}, 0.5f, 0, 300, seen);
    assertThat(seen.arousal()).isCloseTo(0.5f, within(1e-6f));
  }

  @Test
  void recognize_twice_saysTheSameAndChangesNothing() {
    AffectiveMemory memory = new AffectiveMemory(MemoryConfig.standard());
    MemoryState state = new MemoryState(52);
    SplittableRandom random = new SplittableRandom(4);
    memory.seed(
        state,
        Neurons.random(random, 200, 50, 0.6f),
        Neurons.random(random, 200, 2, 1),
        Neurons.random(random, 200, 2, 1));
    float[] z = Neurons.random(random, 1, 50, 0.6f);
    byte[] before = state.digest();

    memory.recognize(state, z, 0.1f, 0.2f, 5, seen);
    float arousal = seen.arousal();
    memory.recognize(state, z, 0.1f, 0.2f, 5, seen);

    assertThat(seen.arousal()).isEqualTo(arousal);
    assertThat(state.digest()).isEqualTo(before);
    memory.learn(state, z, 0.1f, 0.2f, seen);
    assertThat(state.digest()).isNotEqualTo(before);
    assertThat(state.course().answers()).isEqualTo(1);
  }

  @Test
  void seed_goldenState_neverChanges() {
    AffectiveMemory memory = new AffectiveMemory(MemoryConfig.standard());
    MemoryState state = new MemoryState(52);
    SplittableRandom random = new SplittableRandom(5);
    memory.seed(
        state,
        Neurons.random(random, 60, 50, 0.4f),
        Neurons.random(random, 60, 2, 1),
        Neurons.random(random, 60, 2, 1));
    float[] z = Neurons.random(random, 1, 50, 0.4f);
    for (int i = 0; i < 5; i++) {
      memory.recognize(state, z, 0.3f, -0.3f, 40L * i, seen);
      memory.learn(state, z, 0.3f, -0.3f, seen);
    }

    assertThat(HexFormat.of().formatHex(state.digest()))
        .isEqualTo("0f5119ea710de1d3197811494a68b4ed1517233fa1f7a8b4343c194969217768");
  }

  @Test
  void seed_lengthsThatDoNotFit_isRefused() {
    AffectiveMemory memory = memory(ALONE);
    MemoryState state = new MemoryState(3);

    assertThatThrownBy(() -> memory.seed(state, new float[2], new float[2], new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "2 numbers of z, 2 of the PK's and 4 of y are no pairs of 1, 2 and 2");
    assertThatThrownBy(() -> memory.recognize(state, new float[2], 0, 0, 0, seen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z has 2 numbers, the memory is for 1");
    assertThatThrownBy(() -> memory.recognize(state, new float[1], 0, 0, 0, seen))
        .isInstanceOf(IllegalStateException.class);
  }

  private static AffectiveMemory memory(ReadingConfig reading) {
    return new AffectiveMemory(
        MemoryConfig.standard().toBuilder()
            .dimensions(MemoryConfig.dimensionsFor(1))
            .reading(reading)
            .build());
  }

  /** Two neurons of one number of z, label and reading, the same on both axes. */
  private static MemoryState memory(
      float weight, float z0, float label0, float prior0, float z1, float label1, float prior1) {
    int[] none = {};
    return new MemoryLoader(3)
        .neuron(
            0, new float[] {z0, weight * prior0, weight * prior0}, 1, label0, label0, none, none)
        .neuron(
            1, new float[] {z1, weight * prior1, weight * prior1}, 1, label1, label1, none, none)
        .load(2)
        .orElseThrow();
  }
}
