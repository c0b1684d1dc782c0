package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TaughtTest {
  private static final int LATENT = 50;

  private final Recognition seen = new Recognition();

  @Test
  void correct_ofOneMoment_isTheShrunkenLackThere_andTheOffsetAloneFarAway() {
    Taught taught = new Taught();
    taught.add(moment("a", 0, 0, 0.2f, -0.2f, flat(0.5f)));

    // Near: k = o^2 + s^2 |r|^2 + c^2 = 0.0144 + 0.0225 * 0.08 + 0.0225 = 0.0387, noise 0.0225.
    taught.correct(flat(0.5f), 0.2f, -0.2f, seen);
    assertThat(seen.taughtArousal).isCloseTo(-0.2 * 0.0387 / 0.0612, within(1e-8));
    assertThat(seen.taughtValence).isCloseTo(0.2 * 0.0387 / 0.0612, within(1e-8));
    assertThat(seen.untold).isCloseTo(1 - 0.0144 / 0.0612, within(1e-8));
    assertThat(seen.teachings()).isEqualTo(1);

    // Far, and read as neutral: the offset alone is left.
    taught.correct(flat(-0.5f), 0, 0, seen);
    assertThat(seen.taughtArousal).isCloseTo(-0.2 * 0.0144 / 0.0612, within(1e-6));
  }

  @Test
  void correct_labelsThatContradict_average() {
    Taught taught = new Taught();
    taught.add(moment("a", 0.8f, 0, 0, 0, flat(0)));
    taught.add(moment("b", -0.8f, 0, 0, 0, flat(0)));

    taught.correct(flat(0), 0, 0, seen);

    assertThat(seen.taughtArousal).isCloseTo(0, within(1e-12));
  }

  @Test
  void add_inAnyOrder_thenTakenBack_isTheSameToTheLastBit() {
    SplittableRandom random = new SplittableRandom(7);
    List<TaughtMoment> moments = new ArrayList<>();
    for (int i = 0; i < Taught.MOST - 1; i++) {
      float[] z = new float[LATENT];
      for (int d = 0; d < LATENT; d++) {
        z[d] = unit(random);
      }
      moments.add(moment("m" + i, unit(random), unit(random), unit(random), unit(random), z));
    }
    float[] face = moments.get(3).z();
    MemoryState expected = new MemoryState(LATENT + 2);
    moments.forEach(expected.taught()::add);
    expected.taught().correct(face, 0.1f, 0.2f, seen);
    double arousal = seen.taughtArousal;
    double untold = seen.untold;

    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(moments, new Random(seed));
      MemoryState state = new MemoryState(LATENT + 2);
      moments.subList(0, 20).forEach(state.taught()::add);
      state.taught().add(moment("wrong", 1, 1, -1, -1, flat(0)));
      state.taught().correct(face, 0, 0, seen); // as if a frame came in between
      moments.subList(20, moments.size()).forEach(state.taught()::add);
      assertThat(state.digest()).isNotEqualTo(expected.digest());
      assertThat(state.taught().remove("wrong")).isTrue();

      state.taught().correct(face, 0.1f, 0.2f, seen);

      assertThat(seen.taughtArousal).isEqualTo(arousal);
      assertThat(seen.untold).isEqualTo(untold);
      assertThat(state.digest()).isEqualTo(expected.digest());
    }
  }

  @Test
  void add_sameIdOrNoRoom_isRefused() {
    Taught taught = new Taught();
    for (int i = 0; i < Taught.MOST; i++) {
      taught.add(moment("m" + i, 0, 0, 0, 0, flat(0)));
    }

    assertThatThrownBy(() -> taught.add(moment("more", 0, 0, 0, 0, flat(0))))
        .isInstanceOf(IllegalStateException.class);
    taught.remove("m0");
    assertThatThrownBy(() -> taught.add(moment("m1", 0, 0, 0, 0, flat(0))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(taught.size()).isEqualTo(Taught.MOST - 1);
  }

  @Test
  void momentThatCannotBe_isRefused() {
    float[] z = flat(0);
    assertThatThrownBy(() -> moment("", 0, 0, 0, 0, z)).hasMessageContaining("id of 0 characters");
    assertThatThrownBy(() -> moment("a", 1.5f, 0, 0, 0, z)).hasMessageContaining("label of 1.5");
    assertThatThrownBy(() -> moment("a", Float.NaN, 0, 0, 0, z)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> moment("a", 0, 0, 9, 0, z)).hasMessageContaining("reading of 9");
    assertThatThrownBy(() -> moment("a", 0, 0, 0, 0, new float[] {2}))
        .hasMessageContaining("z that holds 2");
    assertThatThrownBy(() -> new TaughtMoment("a", true, 0.1f, 0, z, 0, 0, 1, 0))
        .hasMessageContaining("neutral");
  }

  @Test
  void recognize_taughtMemory_answersWithItsTeachings_andUndoneAsBefore() {
    AffectiveMemory memory = new AffectiveMemory(MemoryConfig.standard());
    MemoryState state = new MemoryState(MemoryConfig.standard().dimensions());
    float[] z = flat(0.25f);
    float[] pairs = new float[2 * LATENT];
    memory.seed(state, pairs, new float[] {0.1f, 0, 0, 0.1f}, new float[] {0.1f, 0, 0, 0.1f});
    Course course = new Course();
    memory.recognize(state, course, z, 0.3f, 0.3f, 1_000, seen);
    float untaught = seen.arousal();
    assertThat(seen.teachings()).isZero();

    state.taught().add(moment("smile", 0.3f, 0.9f, 0.3f, 0.3f, z));
    memory.recognize(state, course, z, 0.3f, 0.3f, 1_000, seen);

    assertThat(seen.arousal()).isCloseTo(untaught, within(1e-6f));
    assertThat(seen.valence()).isBetween(0.6f, 0.75f);
    assertThat(seen.readValence()).isEqualTo(0.3f);
    assertThat(seen.teachings()).isEqualTo(1);
    state.taught().remove("smile");
    memory.recognize(state, course, z, 0.3f, 0.3f, 1_000, seen);
    assertThat(seen.valence()).isEqualTo(0.3f);
  }

  private static float unit(SplittableRandom random) {
    return 2 * (float) random.nextDouble() - 1;
  }

  private static float[] flat(float value) {
    float[] z = new float[LATENT];
    Arrays.fill(z, value);
    return z;
  }

  private static TaughtMoment moment(
      String id, float arousal, float valence, float readArousal, float readValence, float[] z) {
    return new TaughtMoment(id, false, arousal, valence, z, readArousal, readValence, 1, 0);
  }
}
