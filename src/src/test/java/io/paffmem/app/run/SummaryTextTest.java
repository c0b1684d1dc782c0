package io.paffmem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.ledger.RunSummary;
import io.paffmem.ledger.RunSummary.Agreement;
import io.paffmem.ledger.RunSummary.AxisCcc;
import io.paffmem.ledger.RunSummary.Latency;
import io.paffmem.ledger.RunSummary.LatencyMillis;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SummaryTextTest {
  private static final Latency LATENCY =
      new Latency(new LatencyMillis(850.4, 1900.6), new LatencyMillis(40, 61));

  @Test
  void of_runWithLabels_allOfIt() {
    Agreement ccc = new Agreement(new AxisCcc(0.5, -0.25), new AxisCcc(0.8125, null));

    assertThat(SummaryText.of(run(LATENCY, new TreeMap<>(Map.of("b", 7, "a", 31)), ccc)))
        .isEqualTo(
            """
            80 frames, 72 faces (3 of carried boxes), 2 people, 3.5 s, 20.0 events/s
            70 events: 45 from memory, 25 from the PK alone
            1 lost, 2 duplicated, 1 dead letters (1 truncated_image)
            25 seed requests, 24 answered with seeds
            latency in ms: while seeding 850 median, 1901 p99, after it 40 median, 61 p99
            neurons: a 31, b 7

            CCC with the labels  arousal  valence
            PK alone               0.500   -0.250
            with memory            0.813     none
            """);
  }

  @Test
  void of_runWithoutLabels_noCcc() {
    Latency seedingOnly = new Latency(LATENCY.seeding(), null);

    assertThat(SummaryText.of(run(seedingOnly, Map.of("a", 31), null)))
        .isEqualTo(
            """
            80 frames, 72 faces (3 of carried boxes), 2 people, 3.5 s, 20.0 events/s
            70 events: 45 from memory, 25 from the PK alone
            1 lost, 2 duplicated, 1 dead letters (1 truncated_image)
            25 seed requests, 24 answered with seeds
            latency in ms: while seeding 850 median, 1901 p99, after it no frames
            neurons: a 31
            """);
  }

  @Test
  void of_runWithStrangersAndUnreadableFaces_saysHowMany() {
    RunSummary run = run(LATENCY, Map.of("a", 31), null);
    RunSummary withStrangers =
        new RunSummary(
            run.frames(),
            run.faces(),
            run.carriedBoxes(),
            run.events(),
            run.memoryEvents(),
            run.priorEvents(),
            12,
            5,
            run.lost(),
            run.duplicated(),
            run.deadLetters(),
            run.forgotten(),
            run.seedRequests(),
            run.seeds(),
            run.people(),
            run.seconds(),
            run.framesPerSecond(),
            run.latencyMillis(),
            run.neurons(),
            run.ccc(),
            run.deadLetterReasons(),
            run.incomplete(),
            run.interrupted(),
            run.otherFaces());

    assertThat(SummaryText.of(withStrangers))
        .contains("12 of these did not look like the person: nothing was learnt from them\n")
        .contains("5 of these could not be read (too small, blurred, turned or cut off)");
  }

  @Test
  void of_runWithoutFaces_saysSo() {
    RunSummary run =
        new RunSummary(
            80,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            2.04,
            0,
            new Latency(null, null),
            Map.of(),
            null,
            Map.of(),
            List.of(),
            false,
            0);

    assertThat(SummaryText.of(run))
        .isEqualTo(
            """
            80 frames, 0 faces (0 of carried boxes), 0 people, 2.0 s, 0.0 events/s
            No face was published, so there is nothing to say about anybody.
            """);
  }

  @Test
  void of_manyPeople_namesTwentyAndCountsTheRest() {
    Map<String, Integer> neurons = new TreeMap<>();
    for (int i = 100; i < 125; i++) {
      neurons.put("p" + i, i);
    }

    assertThat(SummaryText.of(run(LATENCY, neurons, null)))
        .contains("p119 119, and 5 more\n")
        .doesNotContain("p120");
  }

  @Test
  void of_facesForgottenWithTheirPerson_saysHowMany() {
    RunSummary run =
        new RunSummary(
            9,
            9,
            0,
            4,
            4,
            0,
            0,
            0,
            0,
            0,
            0,
            5,
            0,
            0,
            1,
            1,
            1,
            new Latency(null, null),
            Map.of(),
            null,
            Map.of(),
            List.of(),
            false,
            0);

    assertThat(SummaryText.of(run)).contains("0 lost, 0 duplicated, 0 dead letters, 5 forgotten\n");
  }

  @Test
  void of_recordingThatEndedEarlyInARunThatWasStopped_saysBoth() {
    RunSummary run =
        run(LATENCY, Map.of(), null)
            .ended(List.of("cut.mp4 ended after 19 of about 36 pictures, incomplete"), true);

    assertThat(SummaryText.of(run))
        .contains("cut.mp4 ended after 19 of about 36 pictures, incomplete\n")
        .contains("interrupted: the rest of the recording was not looked at\n");
  }

  private static RunSummary run(
      Latency latency, Map<String, Integer> neurons, @Nullable Agreement ccc) {
    return new RunSummary(
        80,
        72,
        3,
        70,
        45,
        25,
        0,
        0,
        1,
        2,
        1,
        0,
        25,
        24,
        2,
        3.5,
        20,
        latency,
        neurons,
        ccc,
        Map.of("truncated_image", 1L),
        List.of(),
        false,
        0);
  }
}
