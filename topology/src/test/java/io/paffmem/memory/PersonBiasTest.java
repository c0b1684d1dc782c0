package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PersonBiasTest {
  private static final double FRAME = 0.04;

  @Test
  void nothingSeen_nothingIsTakenOff() {
    assertOff(new PersonBias(), 0, 0);
  }

  @Test
  void aFaceThatComesBackToItsRest_isOffByMostOfWhatIsReadThere() {
    PersonBias bias = new PersonBias();
    call(bias, 0.2, -0.1, 900);

    // Of 0.2 and -0.1: 0.0196 / (0.0196 + 0.0144), and 7 in 8 that it is no mood.
    assertThat(bias.arousal()).isBetween(0.07, 0.12);
    assertThat(bias.valence()).isBetween(-0.06, -0.03);
  }

  @Test
  void aRestFarFromNeutral_isAMood_andStays() {
    PersonBias sad = new PersonBias();
    call(sad, -0.1, -0.7, 300);

    assertThat(Math.abs(sad.valence())).isLessThan(0.02);
  }

  @Test
  void oneMoodAllAlong_nothingIsTakenOff() {
    PersonBias bias = new PersonBias();
    for (int i = 0; i < 10_000; i++) {
      double angle = i * FRAME / 3;
      bias.add(0.3 + 0.2 * Math.sin(angle), 0.2 + 0.2 * Math.cos(angle), FRAME);
    }

    assertOff(bias, 0, 0);
  }

  @Test
  void whoeverShowsTheWholeSquare_isOffByMostOfTheirMean() {
    PersonBias bias = new PersonBias();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50_000; i++) {
      bias.add(0.1 + 2 * random.nextDouble() - 1, -0.1 + 2 * random.nextDouble() - 1, FRAME);
    }

    assertThat(bias.arousal()).isBetween(0.07, 0.1);
    assertThat(bias.valence()).isBetween(-0.1, -0.07);
  }

  @Test
  void neverMoreThanIsRead_andTowardsNeutral() {
    SplittableRandom random = new SplittableRandom(7);
    for (int person = 0; person < 200; person++) {
      PersonBias bias = new PersonBias();
      double arousal = 2 * random.nextDouble() - 1;
      for (int i = 0; i < 400; i++) {
        double away = random.nextInt(5) == 0 ? random.nextDouble() : 0;
        bias.add(arousal + away, away / 2, 1);
      }
      assertThat(Math.abs(bias.arousal())).isLessThan(1);
      assertThat(bias.arousal() * (arousal + 0.1)).isGreaterThanOrEqualTo(-0.05);
    }
  }

  @Test
  void time_countsInSeconds_notInFrames() {
    PersonBias fast = new PersonBias();
    PersonBias slow = new PersonBias();
    for (int i = 0; i < 3000; i++) {
      double away = i / 250 % 4 == 3 ? 0.7 : 0;
      fast.add(0.2 + away, away, FRAME);
      if (i % 12 == 0) {
        slow.add(0.2 + away, away, 12 * FRAME);
      }
    }

    assertThat(slow.seconds()).isCloseTo(fast.seconds(), within(1e-6));
    assertThat(fast.arousal()).isGreaterThan(0.04);
    assertThat(slow.arousal()).isCloseTo(fast.arousal(), within(0.01));
  }

  @Test
  void aPause_countsAsOneSecond() {
    PersonBias bias = new PersonBias();

    bias.add(0, 0, 3600);
    bias.add(0, 0, 0);

    assertThat(bias.seconds()).isEqualTo(1);
  }

  @Test
  void writeTo_readBack_isTheSame_andGoesOnTheSame() {
    PersonBias bias = new PersonBias();
    call(bias, 0.1, 0.2, 60);
    ByteBuffer bytes = ByteBuffer.allocate(PersonBias.BYTES);

    bias.writeTo(bytes);

    assertThat(bytes.hasRemaining()).isFalse();
    PersonBias read = PersonBias.readFrom(bytes.flip());
    call(read, 0.1, 0.2, 60);
    call(bias, 0.1, 0.2, 60);
    assertThat(read).usingRecursiveComparison().isEqualTo(bias);
  }

  @Test
  void readFrom_impossibleNumbers_isRefused() {
    for (int place = 0; place < PersonBias.BYTES; place += Double.BYTES) {
      ByteBuffer notANumber = ByteBuffer.allocate(PersonBias.BYTES);
      notANumber.putDouble(place, Double.NaN);
      assertThatThrownBy(() -> PersonBias.readFrom(notANumber))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** At rest but for four seconds in twelve. */
  private static void call(PersonBias bias, double arousal, double valence, int seconds) {
    for (int i = 0; i < seconds / FRAME; i++) {
      double second = i * FRAME;
      double away = second % 12 < 4 ? 0.7 : 0;
      double angle = Math.floor(second / 12) * 2.4;
      bias.add(arousal + away * Math.sin(angle), valence + away * Math.cos(angle), FRAME);
    }
  }

  private static void assertOff(PersonBias bias, double arousal, double valence) {
    assertThat(bias.arousal()).isEqualTo(arousal);
    assertThat(bias.valence()).isEqualTo(valence);
  }
}
