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
      new ReadingConfig(Rule.CORRECTED, 2, 2, 0, 0.5f, 4, 0, 0, 0, 0);

  private final Recognition seen = new Recognition();
  private final Course course = new Course();

  @Test
  void recognize_paper_isTheLabelOfTheNearestInZ() {
    AffectiveMemory memory = memory(ReadingConfig.paper());
    MemoryState state = memory(ALONE.priorWeight(), 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, course, new float[] {0.1f}, 0.9f, 0.9f, 0, seen);
    memory.learn(state, course, new float[] {0.1f}, 0.9f, 0.9f, seen);
    memory.recognize(state, course, new float[] {0.2f}, -0.9f, -0.9f, 0, seen);

    assertThat(seen.arousal()).isEqualTo(0.5f);
    assertThat(seen.valence()).isEqualTo(0.5f);
  }

  @Test
  void recognize_corrected_addsWhatThePkLacksNearby() {
    // Two neurons, both near: labels +-0.5, which the PK reads as +-0.3.
    AffectiveMemory memory = memory(ALONE);
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, course, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // The lacks +0.2 and -0.2 cancel: of two neighbours the mean is 0.
    assertThat(seen.arousal()).isCloseTo(0.3f, within(1e-6f));

    AffectiveMemory one = memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 0.5f, 4, 0, 0, 0, 0));
    one.recognize(state, course, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // Fidelity 1 - 2 * 0.04 / 0.5 = 0.84, so a third; distance 0: 0.3 + 0.5 * 0.2 / 3.
    assertThat(seen.arousal()).isCloseTo(0.3333333f, within(1e-6f));
    assertThat(seen.bestMatchingUnit()).isZero();
    assertThat(seen.activity()).isCloseTo(1, within(1e-6f));
  }

  @Test
  void recognize_byAKernel_nearNeuronsCountMore() {
    // Squared distances 0 and 1 + (2 * 0.6)^2 * 2 = 3.88; half of the kernel's width apart.
    AffectiveMemory memory =
        memory(new ReadingConfig(Rule.CORRECTED, 2, 2, 7.76f, 0.5f, 4, 0, 0, 0, 0));
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, course, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // Lacks +0.2 and -0.2, weights 1 and exp(-0.5): 0.3 + tanh(0.25) / 30.
    assertThat(seen.arousal()).isCloseTo(0.308164f, within(1e-6f));
  }

  @Test
  void recognize_labelsOfSeveral_isTheirMean() {
    ReadingConfig plain = new ReadingConfig(Rule.LABELS, 2, 2, 0, 1, 1, 0, 0, 0, 0);
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.3f, -0.3f);

    memory(plain).recognize(state, course, new float[] {0}, 0.3f, 0.3f, 0, seen);
    assertThat(seen.arousal()).isCloseTo(0.1f, within(1e-6f));
    memory(plain.toBuilder().kernel(7.76f).build())
        .recognize(state, course, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // 0.1 + 0.4 * tanh(0.25).
    assertThat(seen.valence()).isCloseTo(0.1979675f, within(1e-6f));
  }

  @Test
  void recognize_faceThatStandsAlone_isThePksOwnAnswer() {
    // The PK lacks 0.2, much is corrected, and the person rests at 0.1.
    ReadingConfig reading = new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 1, 4, 0, 0, 1000, 1);
    AffectiveMemory memory = memory(reading);
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);
    for (int i = 0; i < 300; i++) {
      course.add(0.3f, 0.3f, 40L * i);
      state.bias().add(i % 3 == 0 ? 0.9 : 0.1, i % 3 == 0 ? -0.5 : 0.1, 0.5);
    }

    memory.recognize(state, course, new float[] {0}, 0.3f, 0.3f, 40L * 300, seen);
    assertThat(seen.readArousal).isCloseTo(0.3f + 0.0640f, within(1e-3f));
    assertThat(seen.arousal())
        .isEqualTo(
            (float) (seen.readArousal - state.bias().arousal() * Math.exp(-0.04)), within(1e-6f));
    assertThat(state.bias().arousal()).isGreaterThan(0.03);
    memory.recognize(state, course, new float[] {0}, 0.3f, 0.3f, 40L * 299 + 3_600_000, seen);

    assertThat(seen.arousal()).isEqualTo(0.3f);
    assertThat(seen.valence()).isEqualTo(0.3f);
  }

  @Test
  void recognize_farFromAllThatWasImagined_isThePksOwnAnswer() {
    AffectiveMemory memory =
        memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 1, 0.5f, 0, 0, 0, 0));
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, course, new float[] {-3}, 0.3f, -0.2f, 0, seen);

    assertThat(seen.arousal()).isCloseTo(0.3f, within(1e-6f));
    assertThat(seen.valence()).isCloseTo(-0.2f, within(1e-6f));
  }

  @Test
  void recognize_somebodyWhomThePkImaginesBadly_isThePksOwnAnswer() {
    // The PK reads the opposite of what was wished for: fidelity 0.
    AffectiveMemory memory = memory(ALONE);
    MemoryState state = memory(2, 0, 0.5f, -0.5f, 1, -0.5f, 0.5f);

    memory.recognize(state, course, new float[] {0}, -0.5f, -0.5f, 0, seen);

    assertThat(seen.arousal()).isEqualTo(-0.5f);
    assertThat(seen.valence()).isEqualTo(-0.5f);
  }

  @Test
  void recognize_personSeenForTheFirstTime_isThePksOwnAnswer_andTrustGrows() {
    AffectiveMemory memory =
        memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 0.5f, 4, 3, 0, 0, 0));
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);

    memory.recognize(state, course, new float[] {0}, 0.3f, 0.3f, 0, seen);
    assertThat(seen.arousal()).isEqualTo(0.3f);
    state.bias().add(0.3, 0.3, 1);
    memory.recognize(state, course, new float[] {0}, 0.3f, 0.3f, 0, seen);

    // After one second a quarter of a thirtieth.
    assertThat(seen.arousal()).isCloseTo(0.3083333f, within(1e-6f));
  }

  @Test
  void recognize_soonAfterAnother_isJoinedWithIt() {
    AffectiveMemory memory = memory(new ReadingConfig(Rule.CORRECTED, 2, 1, 0, 0, 4, 0, 100, 0, 0));
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);
    memory.recognize(state, course, new float[] {0}, 0.2f, -0.4f, 1000, seen);
    assertThat(seen.arousal()).isEqualTo(0.2f);
    memory.learn(state, course, new float[] {0}, 0.2f, -0.4f, seen);

    memory.recognize(state, course, new float[] {0}, 0.6f, 0.4f, 1100, seen);

    // 1 - 1/e of the way.
    assertThat(seen.arousal()).isCloseTo(0.2f + 0.6321206f * 0.4f, within(1e-6f));
    assertThat(seen.valence()).isCloseTo(-0.4f + 0.6321206f * 0.8f, within(1e-6f));
    memory.recognize(state, course, new float[] {0}, 0.6f, 0.4f, 61_000, seen);
    assertThat(seen.arousal()).isCloseTo(0.6f, within(1e-6f));
  }

  @Test
  void recognize_somebodyWhoRestsBesideNeutral_isSeenFromTheirRest() {
    ReadingConfig reading = ALONE.toBuilder().correction(0).biasShare(1).build();
    MemoryState state = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);
    for (int i = 0; i < 300; i++) {
      state.bias().add(i % 3 == 0 ? 0.9 : 0.1, i % 3 == 0 ? -0.5 : 0.1, 0.5);
    }
    double off = state.bias().arousal();

    memory(reading).recognize(state, course, new float[] {0}, 0.5f, 0, 0, seen);

    assertThat(off).isGreaterThan(0.03);
    assertThat(seen.arousal()).isCloseTo((float) (0.5 - off), within(1e-6f));
    // A share of 0 leaves the answer as it is.
    memory(ALONE.toBuilder().correction(0).build())
        .recognize(state, course, new float[] {0}, 0.5f, 0, 0, seen);
    assertThat(seen.arousal()).isEqualTo(0.5f);
  }

  @Test
  void learn_facesForAnHour_neuronsStayAsSeeded_butForThePapersSetting() {
    float[] z = {0.4f};
    MemoryState anchored = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);
    MemoryState moved = memory(2, 0, 0.5f, 0.3f, 1, -0.5f, -0.3f);
    AffectiveMemory standard = memory(ALONE);
    AffectiveMemory paper =
        new AffectiveMemory(
            MemoryConfig.paper().toBuilder().dimensions(MemoryConfig.dimensionsFor(1)).build());
    for (int i = 0; i < 3600; i++) {
      standard.recognize(anchored, course, z, 0.2f, 0.2f, 1000L * i, seen);
      standard.learn(anchored, course, z, 0.2f, 0.2f, seen);
      paper.recognize(moved, course, z, 0.2f, 0.2f, 1000L * i, seen);
      paper.learn(moved, course, z, 0.2f, 0.2f, seen);
    }

    assertThat(standard.isMovedByFaces()).isFalse();
    assertThat(anchored.weight(0, 0)).isZero();
    assertThat(anchored.isDirty(0)).isFalse();
    assertThat(anchored.bias().seconds()).isEqualTo(3599);
    assertThat(moved.weight(0, 0)).isGreaterThan(0.3f);
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

    memory.recognize(state, course, z, 0.1f, 0.2f, 5, seen);
    float arousal = seen.arousal();
    memory.recognize(state, course, z, 0.1f, 0.2f, 5, seen);

    assertThat(seen.arousal()).isEqualTo(arousal);
    assertThat(state.digest()).isEqualTo(before);
    memory.learn(state, course, z, 0.1f, 0.2f, seen);
    assertThat(state.digest()).isEqualTo(before); // nothing is before it on its stream
    memory.recognize(state, course, z, 0.1f, 0.2f, 45, seen);
    memory.learn(state, course, z, 0.1f, 0.2f, seen);
    assertThat(state.digest()).isNotEqualTo(before);
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
      memory.recognize(state, course, z, 0.3f, -0.3f, 40L * i, seen);
      memory.learn(state, course, z, 0.3f, -0.3f, seen);
    }

    assertThat(HexFormat.of().formatHex(state.digest()))
        .isEqualTo("1caeb08de0a05dfd4eb71817eb63a852176e14fedf97f35deb5104eabee91af2");
  }

  @Test
  void seed_lengthsThatDoNotFit_isRefused() {
    AffectiveMemory memory = memory(ALONE);
    MemoryState state = new MemoryState(3);

    assertThatThrownBy(() -> memory.seed(state, new float[2], new float[2], new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "2 numbers of z, 2 of the PK's and 4 of y are no pairs of 1, 2 and 2");
    assertThatThrownBy(() -> memory.recognize(state, course, new float[2], 0, 0, 0, seen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z has 2 numbers, the memory is for 1");
    assertThatThrownBy(() -> memory.recognize(state, course, new float[1], 0, 0, 0, seen))
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
