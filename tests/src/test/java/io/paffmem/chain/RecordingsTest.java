package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real videos through everything; they lie in {@code ../shared} beside the checkout. */
final class RecordingsTest {
  @TempDir Path folder;

  @Test
  void replay_oneFace_everyFrameFromTheMemory() throws IOException {
    JsonNode summary = replay("single_face.mp4");

    assertThat(summary.get("frames").asLong()).isEqualTo(72);
    assertThat(summary.get("faces").asLong()).isEqualTo(72);
    assertThat(summary.get("events").asLong()).isEqualTo(72);
    assertThat(summary.get("memoryEvents").asLong()).isEqualTo(72);
    assertThat(summary.get("seedRequests").asLong()).isEqualTo(25);
    assertThat(summary.get("seeds").asLong()).isEqualTo(25);
    assertThat(summary.get("neurons").get("p1").asInt()).isGreaterThan(2);
    Summaries.assertNothingLostOrDoubled(summary);
  }

  @Test
  void replay_faceThatLeaves_onlyWhileItIsThere() throws IOException {
    JsonNode summary = replay("face_noface.mov");

    assertThat(summary.get("frames").asLong()).isEqualTo(169);
    assertThat(summary.get("faces").asLong()).isBetween(60L, 85L);
    Summaries.assertNothingLostOrDoubled(summary);
  }

  @Test
  void replay_noFace_failsAndTheSummaryIsWritten() throws IOException {
    JsonNode summary = replay("no_face.mp4", 1);

    assertThat(summary.get("frames").asLong()).isPositive();
    assertThat(summary.get("faces").asLong()).isZero();
    assertThat(summary.get("events").asLong()).isZero();
  }

  private JsonNode replay(String name) throws IOException {
    return replay(name, 0);
  }

  private JsonNode replay(String name, int expectedStatus) throws IOException {
    Path video = Path.of("../../shared/recordings", name).toAbsolutePath().normalize();
    if (!Files.exists(video)) {
      System.out.println("SKIPPED: this test needs " + video + ", which is not there");
    }
    assumeTrue(Files.exists(video), "needs " + video);
    return Summaries.run(
        expectedStatus, folder, "replay", video.toString(), "--person", "p1", "--speed", "max");
  }
}
