package io.paffmem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.ledger.RunSummary.Agreement;
import io.paffmem.ledger.RunSummary.AxisCcc;
import io.paffmem.ledger.RunSummary.Latency;
import io.paffmem.ledger.RunSummary.LatencyMillis;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RunSummaryTest {
  @Test
  void json_everything_thisVeryOne() throws JsonProcessingException {
    RunSummary summary =
        new RunSummary(
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
            6,
            25,
            24,
            2,
            3.5,
            20.0,
            new Latency(new LatencyMillis(850.5, 900.25), new LatencyMillis(40, 61)),
            new TreeMap<>(Map.of("p2", 11, "p1", 40)),
            new Agreement(new AxisCcc(0.5, -0.25), new AxisCcc(0.75, null)),
            Map.of("not_an_image", 1L),
            List.of("cut.mp4 ended after 19 of about 36 pictures, incomplete"),
            true,
            0);

    assertThat(json(summary))
        .isEqualToNormalizingNewlines(
            """
            {
              "frames" : 80,
              "faces" : 72,
              "carriedBoxes" : 3,
              "events" : 70,
              "memoryEvents" : 45,
              "priorEvents" : 25,
              "lost" : 1,
              "duplicated" : 2,
              "deadLetters" : 1,
              "forgotten" : 6,
              "seedRequests" : 25,
              "seeds" : 24,
              "people" : 2,
              "seconds" : 3.5,
              "framesPerSecond" : 20.0,
              "latencyMillis" : {
                "seeding" : {
                  "p50" : 850.5,
                  "p99" : 900.25
                },
                "steady" : {
                  "p50" : 40.0,
                  "p99" : 61.0
                }
              },
              "neurons" : {
                "p1" : 40,
                "p2" : 11
              },
              "ccc" : {
                "prior" : {
                  "arousal" : 0.5,
                  "valence" : -0.25
                },
                "memory" : {
                  "arousal" : 0.75,
                  "valence" : null
                }
              },
              "deadLetterReasons" : {
                "not_an_image" : 1
              },
              "incomplete" : [ "cut.mp4 ended after 19 of about 36 pictures, incomplete" ],
              "interrupted" : true
            }""");
  }

  @Test
  void json_noFaceAndNoLabel_absentPartsLeftOut() throws JsonProcessingException {
    RunSummary summary =
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
            2,
            0,
            new Latency(null, null),
            Map.of(),
            null,
            Map.of(),
            List.of(),
            false,
            0);

    assertThat(json(summary))
        .isEqualToNormalizingNewlines(
            """
            {
              "frames" : 80,
              "faces" : 0,
              "carriedBoxes" : 0,
              "events" : 0,
              "memoryEvents" : 0,
              "priorEvents" : 0,
              "lost" : 0,
              "duplicated" : 0,
              "deadLetters" : 0,
              "forgotten" : 0,
              "seedRequests" : 0,
              "seeds" : 0,
              "people" : 0,
              "seconds" : 2.0,
              "framesPerSecond" : 0.0,
              "latencyMillis" : { },
              "neurons" : { }
            }""");
  }

  private static String json(RunSummary summary) throws JsonProcessingException {
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(summary);
  }
}
