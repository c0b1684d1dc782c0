package io.paffmem.memory.guard;

import static io.paffmem.memory.guard.Likeness.PERSON;
import static io.paffmem.memory.guard.Likeness.STRANGER;
import static io.paffmem.memory.guard.Likeness.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaceGuardTest {
  private static final int NETWORK = 3;

  /** Five first frames; together from 0.6, bound 0.2, fall 0.3. */
  private static final GuardConfig CONFIG =
      new GuardConfig(5, 0.6, 0.2, 0.3, 3, 0.1, 0.25, 250, 2_000, 60_000, 1_000, 10);

  private final FaceGuard guard = new FaceGuard(CONFIG);
  private final PersonLook person = new PersonLook();
  private StreamLook stream = new StreamLook();
  private long millis = 1_700_000_000_000L;

  @Test
  void see_firstFrames_nothingIsSaidUntilThePersonIsDescribed() {
    assertThat(see(1, 1, 1, 1, 1)).containsOnly(UNKNOWN);
    assertThat(person.isKnown()).isTrue();
    assertThat(see(1, 0.95)).containsExactly(PERSON, PERSON);
  }

  @Test
  void see_strangersAmongTheFirst_theMajorityIsDescribed() {
    see(0, 1, 1, 0, 1);

    assertThat(person.isKnown()).isTrue();
    assertThat(see(1, 0, 1)).containsExactly(PERSON, STRANGER, PERSON);
  }

  @Test
  void see_noMajorityAmongTheFirst_theyAreGatheredOn() {
    // Three people in turn, then one of them stays.
    for (double[] look : new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}, {0, 1, 0}}) {
      seeLook(look);
    }
    assertThat(person.isKnown()).isFalse();

    seeLook(new double[] {1, 0, 0});
    assertThat(person.isKnown()).as("two of the last five").isFalse();
    seeLook(new double[] {1, 0, 0});

    assertThat(person.isKnown()).as("three of the last five").isTrue();
    assertThat(see(0)).containsExactly(STRANGER);
  }

  @Test
  void see_belowTheBound_strangerFromTheFirstFrameOfAStream() {
    describe();

    stream = new StreamLook();
    assertThat(see(0.19)).containsExactly(STRANGER);
    stream = new StreamLook();
    assertThat(see(0.21)).containsExactly(PERSON);
  }

  @Test
  void see_fallOnAStream_strangerThatTheBoundWouldLetIn() {
    describe();
    see(0.95, 0.95, 0.95, 0.95);

    assertThat(see(0.6, 0.6, 0.6)).containsOnly(STRANGER);
    assertThat(see(0.95)).containsExactly(PERSON);
  }

  @Test
  void see_slowFall_isFollowed() {
    describe();
    List<Likeness> said = new ArrayList<>();
    for (double similarity = 0.95; similarity > 0.4; similarity -= 0.01) {
      said.addAll(see(similarity));
    }

    assertThat(said).containsOnly(PERSON);
  }

  @Test
  void see_strangerForLong_theStreamIsJudgedAsANewOne() {
    describe();
    see(0.95, 0.95, 0.95, 0.95);
    assertThat(see(0.6)).containsExactly(STRANGER);

    millis += 60_000;

    assertThat(see(0.6)).containsExactly(PERSON);
    assertThat(see(-0.5)).containsExactly(STRANGER);
  }

  @Test
  void see_noiseOfOneFrame_isAveragedAway_andAJumpIsNot() {
    describe();
    see(0.5, 0.5, 0.5, 0.5);

    assertThat(see(0.26)).as("0.5 falls to about 0.46").containsExactly(PERSON);
    assertThat(see(0.15)).as("a jump is no noise").containsExactly(STRANGER);
  }

  @Test
  void see_personOfThePerson_theDescriptionFollows_atMostOnceASecond() {
    describe();
    see(0.9);
    PersonLook before = person.copy();

    see(0.7);
    assertThat(bytes(person)).isEqualTo(bytes(before));
    millis += 1_000;
    see(0.7);

    assertThat(bytes(person)).isNotEqualTo(bytes(before));
    assertThat(person.similarity(numbers(at(0.7)))).isGreaterThan(0.71);
  }

  @Test
  void see_stranger_changesNeitherDescriptionNorLevel() {
    describe();
    see(0.95, 0.95, 0.95, 0.95);
    byte[] before = bytes(person);
    float level = stream.level;

    millis += 1_500;
    see(0, 0);

    assertThat(bytes(person)).isEqualTo(before);
    assertThat(stream.level).isEqualTo(level);
  }

  @Test
  void see_lookOfAnotherNetwork_isRefused() {
    describe();

    assertThat(person.comparesWith(NETWORK + 1, 3)).isFalse();
    assertThat(person.comparesWith(NETWORK, 4)).isFalse();
    assertThatThrownBy(() -> guard.see(person, stream, NETWORK + 1, numbers(at(1)), millis))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void looks_writtenAndRead_sayTheSame() {
    see(1, 0.9);
    assertThat(bytes(PersonLook.readFrom(ByteBuffer.wrap(bytes(person))))).isEqualTo(bytes(person));
    see(1, 1, 1, 0.95, 0.95);

    PersonLook read = PersonLook.readFrom(ByteBuffer.wrap(bytes(person)));
    ByteBuffer written = ByteBuffer.allocate(StreamLook.BYTES);
    stream.writeTo(written);
    StreamLook streamRead = StreamLook.readFrom(written.flip());

    assertThat(read.isKnown()).isTrue();
    for (double similarity : new double[] {0.9, 0.5, 0.1, 0.95}) {
      millis += 40;
      Likeness here = guard.see(person, stream, NETWORK, numbers(at(similarity)), millis);
      assertThat(guard.see(read, streamRead, NETWORK, numbers(at(similarity)), millis))
          .isEqualTo(here);
    }
    assertThat(bytes(read)).isEqualTo(bytes(person));
  }

  @Test
  void readFrom_whatCannotBe_isRefused() {
    describe();
    byte[] numbersAbove = bytes(person);
    ByteBuffer.wrap(numbersAbove).putFloat(12, Float.NaN);
    byte[] noSize = bytes(person);
    ByteBuffer.wrap(noSize).putInt(4, 0);
    ByteBuffer similarity = ByteBuffer.allocate(StreamLook.BYTES).putFloat(0, 2);

    assertThatThrownBy(() -> PersonLook.readFrom(ByteBuffer.wrap(numbersAbove)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PersonLook.readFrom(ByteBuffer.wrap(noSize)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StreamLook.readFrom(similarity))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Likeness.of(3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void config_outOfRange_isRefusedByName() {
    assertThatThrownBy(() -> CONFIG.withFirstFrames(2))
        .hasMessage("firstFrames is 2, must be at least 3");
  }

  private void describe() {
    see(1, 1, 1, 1, 1);
    assertThat(person.isKnown()).isTrue();
  }

  private List<Likeness> see(double... similarities) {
    List<Likeness> said = new ArrayList<>();
    for (double similarity : similarities) {
      said.add(seeLook(at(similarity)));
    }
    return said;
  }

  private Likeness seeLook(double[] look) {
    millis += 40;
    return guard.see(person, stream, NETWORK, numbers(look), millis);
  }

  /** A look of that similarity to the first axis. */
  private static double[] at(double similarity) {
    return new double[] {similarity, Math.sqrt(1 - similarity * similarity), 0};
  }

  private static byte[] numbers(double[] look) {
    byte[] numbers = new byte[look.length];
    for (int i = 0; i < look.length; i++) {
      numbers[i] = (byte) Math.round(127 * look[i]);
    }
    return numbers;
  }

  private static byte[] bytes(PersonLook look) {
    return look.writeTo(ByteBuffer.allocate(look.bytes())).array();
  }
}
