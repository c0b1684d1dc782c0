package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Source;
import io.paffmem.topology.person.PersonHeader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Seeding that ends by frames (three) or by time (ten), whichever is first; frames tell the time.
 */
class SeedingTimeTest {
  @AutoClose
  private final StreamHarness stream =
      new StreamHarness(
          StreamHarness.config().toBuilder().seedingTime(Duration.ofMillis(10)).build());

  @Test
  void frames_withinTheTime_endSeedingByNumber() {
    for (int sequence = 0; sequence < 5; sequence++) {
      stream.frame("ann", "s", sequence);
    }

    assertThat(requested()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void frames_seenLater_areNotSeeded() {
    stream.frame("ann", "s", 0);
    stream.answer("ann", "s", 0, 0);
    stream.frame("ann", "s", 10);
    stream.answer("ann", "s", 10, 0);
    stream.frame("ann", "s", 11);

    assertThat(requested()).containsExactly(0L, 10L);
    List<Emotion> events = stream.emotions();
    assertThat(sequences(events)).containsExactly(0L, 10L, 11L);
    assertThat(events).extracting(Emotion::getFramesToSeed).containsExactly(2, 1, 0);
    assertThat(stream.load("ann").header().seeded()).isEqualTo(3);
    assertThat(stream.load("ann").header().seeding().sinceMillis())
        .isEqualTo(PersonHeader.NO_FRAME);
  }

  @Test
  void frames_thatWaitTogether_onlyThoseWithinTheTimeAskForSeeds() {
    for (int sequence : new int[] {0, 9, 20, 30}) {
      stream.frame("ann", "s", sequence);
    }
    assertThat(requested()).containsExactly(0L, 9L);

    stream.answer("ann", "s", 0, 0);
    stream.answer("ann", "s", 9, 0);

    List<Emotion> events = stream.emotions();
    assertThat(sequences(events)).containsExactly(0L, 9L, 20L, 30L);
    assertThat(events).extracting(Emotion::getSource).containsOnly(Source.MEMORY);
  }

  /** Otherwise a person whose first frames were refused would never have a memory. */
  @Test
  void time_beginsWithTheFirstFrameThatIsReallySeeded() {
    stream.frame("ann", "s", 0);
    stream.seeds(StreamHarness.refuse(StreamHarness.requestOf("ann", "s", 0, 0), "timed_out"));
    stream.frame("ann", "s", 100);
    stream.answer("ann", "s", 100, 0);
    stream.frame("ann", "s", 105);

    assertThat(requested()).containsExactly(0L, 100L, 105L);
    assertThat(stream.emotions())
        .extracting(Emotion::getSource)
        .containsExactly(Source.PRIOR, Source.MEMORY);
  }

  @Test
  void restart_whileSeeding_goesOnWithTheSameTime() {
    stream.frame("ann", "s", 0);
    stream.answer("ann", "s", 0, 0);
    assertThat(stream.load("ann").header().seeding().sinceMillis())
        .isEqualTo(StreamHarness.START.toEpochMilli() + 1000);

    stream.restart();
    stream.frame("ann", "s", 11);

    assertThat(sequences(stream.emotions())).endsWith(11L);
    assertThat(stream.load("ann").header().seeded()).isEqualTo(3);
  }

  @Test
  void config_timeOfZero_isRefused() {
    assertThatThrownBy(() -> StreamHarness.config().toBuilder().seedingTime(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seedingTime");
  }

  private List<Long> requested() {
    return stream.requests().stream().map(r -> r.getIdentity().getSequence()).toList();
  }

  private static List<Long> sequences(List<Emotion> events) {
    return events.stream().map(e -> e.getIdentity().getSequence()).toList();
  }
}
