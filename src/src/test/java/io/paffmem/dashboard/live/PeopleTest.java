package io.paffmem.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.config.DashboardConfig.Limits;
import io.paffmem.dashboard.config.DashboardConfig.Patience;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.web.WebConfig;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PeopleTest {
  private static final int MOST_PEOPLE = 10;
  private static final int MOST_POINTS = 1_280;
  private static final DashboardConfig CONFIG =
      new DashboardConfig(
          WebConfig.local(0),
          new Limits(10, 1 << 20, 1 << 20, MOST_PEOPLE, MOST_POINTS, 0),
          Patience.defaults());

  private final HandClock clock = new HandClock();
  private final People people = new People(CONFIG, clock);

  @Test
  void take_manyPeople_historiesShareThePoints() {
    for (int i = 0; i < 1_000; i++) {
      people.take(event("ann"));
      clock.millis += 300;
    }
    // Alone, five minutes of one person fit.
    assertThat(people.points()).isEqualTo(1_000);

    for (int i = 0; i < 1_000; i++) {
      for (int person = 0; person < MOST_PEOPLE; person++) {
        people.take(event("person-" + person));
      }
      people.tidy();
      clock.millis += 300;
    }

    assertThat(people.points()).isLessThanOrEqualTo(MOST_POINTS);
    // Two blocks of 64 for each who comes; who came first was taken from first, and is gone by now.
    for (int person = 0; person < MOST_PEOPLE; person++) {
      assertThat(history("person-" + person).points()).isBetween(64, 128);
    }
    assertThat(people.find("ann")).isNull();
  }

  @Test
  void tidy_personOfWhomNothingComes_losesTheHistoryAndStays() {
    people.take(event("ann"));
    clock.millis += CONFIG.patience().history().toMillis() + 1;

    people.tidy();

    assertThat(people.points()).isZero();
    assertThat(people.find("ann")).isNotNull();
  }

  @Test
  void take_morePeopleThanAreKept_theLongestUnseenGoes() {
    for (int person = 0; person < MOST_PEOPLE; person++) {
      people.take(event("person-" + person));
    }
    people.take(event("person-0"));
    long seen = people.nextChange();

    people.take(event("newcomer"));

    assertThat(people.size()).isEqualTo(MOST_PEOPLE);
    assertThat(people.find("person-0")).isNotNull();
    assertThat(people.find("person-1")).isNull();
    assertThat(people.departuresSince(seen))
        .extracting(People.Departure::person)
        .containsExactly("person-1");
  }

  @Test
  void forget_person_isGoneAndBeginsAnew() {
    people.take(event("ann"));
    long seen = people.nextChange();

    people.forget("ann");

    assertThat(people.find("ann")).isNull();
    assertThat(people.points()).isZero();
    assertThat(people.departuresSince(seen)).hasSize(1);
    people.take(event("ann"));
    assertThat(people.departuresSince(seen)).as("who saw her before must let her go").hasSize(1);
    assertThat(people.points()).isEqualTo(1);
  }

  @Test
  void json_askedForBetweenTwoEventsOfOneUpdate_isOfTheLatest() {
    people.take(event("ann"));
    PersonState ann = Objects.requireNonNull(people.find("ann"));
    assertThat(ann.change(clock.millis, 5_000, people.nextChange())).isPositive();
    clock.millis += 40;
    people.take(event("ann"));
    assertThat(json("ann")).contains("\"lastFrameAt\":" + clock.millis);

    clock.millis += 40;
    people.take(event("ann"));

    assertThat(json("ann")).contains("\"lastFrameAt\":" + clock.millis);
  }

  @Test
  void json_faceThatWasMeasured_saysHowWellItIsShown() {
    people.take(event("ann"));
    assertThat(json("ann")).doesNotContain("quality");

    clock.millis += 40;
    FaceQuality quality = new FaceQuality(false, 14f, 0.5f, 0f, 0.75f, null, -60f);
    people.take(ReadyEvent.of("ann", clock.millis, quality));

    assertThat(json("ann"))
        .contains(
            "\"quality\":{\"readable\":false,\"side\":14.0,\"sharpness\":0.5,\"cutOff\":0.0,"
                + "\"score\":0.75,\"rollDegrees\":-60.0,\"reasons\":[\"too_small\",\"tilted\"]}");
  }

  private String json(String person) {
    return Objects.requireNonNull(people.find(person)).json(clock.millis, 5_000).getValue();
  }

  private History history(String person) {
    PersonState state = people.find(person);
    assertThat(state).isNotNull();
    return Objects.requireNonNull(state).history();
  }

  private Event event(String person) {
    return ReadyEvent.of(person, clock.millis);
  }

  /** Moved by the test alone. */
  private static final class HandClock extends Clock {
    long millis = 1_700_000_000_000L;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }
}
