package io.paffmem.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PresenceTest {
  private static final int PEOPLE = 16;
  private static final double SECONDS = 600;

  private final Presence meeting = Presence.ofMeetings(PEOPLE, SECONDS);

  @Test
  void meeting_everybodyComes_andIsAwayAtTimes() {
    for (int person = 0; person < PEOPLE; person++) {
      assertThat(shareOfTime(person)).as("person %d", person).isBetween(0.5, 0.95);
    }
  }

  @Test
  void meeting_firstFrames_noneIsThereBeforeTheyCome_allWithin15Seconds() {
    for (int person = 0; person < PEOPLE; person++) {
      double first = 0;
      while (!meeting.isThere(person, first)) {
        first += 0.1;
      }
      assertThat(first).as("person %d", person).isLessThan(15.1);
    }
    assertThat(meeting.isThere(0, 0)).isFalse();
  }

  @Test
  void meeting_askedTwice_isTheSame() {
    Presence again = Presence.ofMeetings(PEOPLE, SECONDS);
    for (double at = 0; at < SECONDS; at += 0.5) {
      assertThat(again.isThere(3, at)).isEqualTo(meeting.isThere(3, at));
    }
  }

  private double shareOfTime(int person) {
    int there = 0;
    int asked = 0;
    for (double at = 0; at < SECONDS; at += 0.5) {
      there += meeting.isThere(person, at) ? 1 : 0;
      asked++;
    }
    return there / (double) asked;
  }
}
