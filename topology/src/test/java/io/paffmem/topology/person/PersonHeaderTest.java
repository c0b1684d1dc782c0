package io.paffmem.topology.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.topology.person.PersonHeader.LastCommand;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PersonHeaderTest {
  private static final LastCommand FIRST = LastCommand.waiting(TextHash.of("first"));
  private static final LastCommand SECOND = LastCommand.waiting(TextHash.of("second"));

  private final PersonHeader header = new PersonHeader();

  @Test
  void beginGeneration_halfSeeded_seedingBeginsAgain() {
    header.adopt("pk");
    header.seeding().noteSeeded();
    header.seeding().noteConsidered();
    header.seeding().beginTime(7);
    header.seeding().ask(0, new FrameKey(TextHash.of("s"), 1), new float[2]);
    header.notePerceived();

    header.beginGeneration();

    assertThat(header.generation()).isEqualTo(1);
    assertThat(header.seeded()).isZero();
    assertThat(header.seeding().considered()).isZero();
    assertThat(header.seeding().views()).isEmpty();
    assertThat(header.seeding().sinceMillis()).isEqualTo(PersonHeader.NO_FRAME);
    assertThat(header.framesPerceived()).isZero();
    assertThat(header.modelVersion()).isEqualTo("pk");
  }

  @Test
  void beginAfter_anEarlierGeneration_neverFalls() {
    header.beginAfter(4);
    header.beginAfter(-1);

    assertThat(header.generation()).isEqualTo(5);
  }

  @Test
  void beginTime_again_theFirstTimeStays() {
    header.seeding().beginTime(7);
    header.seeding().beginTime(9);

    assertThat(header.seeding().sinceMillis()).isEqualTo(7);
  }

  @Test
  void endSeeding_moreThanWanted_countsThemAll() {
    for (int frame = 0; frame < 5; frame++) {
      header.seeding().noteSeeded();
    }

    header.seeding().end(3);
    assertThat(header.seeded()).isEqualTo(5);
    header.seeding().end(8);
    assertThat(header.seeded()).isEqualTo(8);
  }

  @Test
  void takePlace_anEarlierOne_noneIsGivenTwice() {
    header.takePlace(6);
    header.takePlace(2);

    assertThat(header.nextWaitingIndex()).isEqualTo(7);
  }

  @Test
  void forget_anEarlierTime_theCutoffStays() {
    header.adopt("pk");
    header.noteFrame(50);
    header.forget(40);
    header.forget(30);

    assertThat(header.cutoffMillis()).isEqualTo(40);
    assertThat(header.modelVersion()).isEmpty();
    assertThat(header.isIdle(Duration.ZERO, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void isIdle_atTheLimit_isNot() {
    header.noteFrame(50);
    header.noteFrame(40);

    assertThat(header.isIdle(Duration.ofMillis(10), 60)).isFalse();
    assertThat(header.isIdle(Duration.ofMillis(10), 61)).isTrue();
  }

  @Test
  void noteDone_anotherCommandSince_changesNothing() {
    header.note(FIRST);
    header.note(SECOND);

    header.noteDone(new LastCommand(FIRST.id(), true, 1, 2, 3));
    assertThat(header.lastCommand()).isEqualTo(SECOND);
    LastCommand done = new LastCommand(SECOND.id(), true, 1, 2, 3);
    header.noteDone(done);
    assertThat(header.lastCommand()).isEqualTo(done);
  }

  @Test
  void restored_aCountBelowZero_isRefused() {
    assertThatThrownBy(() -> PersonHeader.restored(0, 0, "", -1, 0, 0, 0, 0, 0, 0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1 seeded");
  }
}
