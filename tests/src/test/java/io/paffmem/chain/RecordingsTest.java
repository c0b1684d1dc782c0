package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.paffmem.prior.TinyPrior;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real videos through everything; they lie in {@code ../shared} beside the checkout. */
@Tag("broker")
@Tag("model")
final class RecordingsTest {
  private static final int LATENT_SIZE = 50;

  @TempDir Path folder;

  @Test
  void replay_oneFace_everyFrameFromTheMemory() throws IOException {
    JsonNode summary =
        Summaries.run(
            folder,
            "replay",
            recording("single_face.mp4").toString(),
            "--person",
            "p1",
            "--speed",
            "max",
            "--seeding",
            "every-frame");

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
    JsonNode summary = replayWithTinyModel("face_noface.mov", 0);

    assertThat(summary.get("frames").asLong()).isEqualTo(169);
    assertThat(summary.get("faces").asLong()).isBetween(60L, 85L);
    Summaries.assertNothingLostOrDoubled(summary);
  }

  @Test
  void replay_noFace_failsAndTheSummaryIsWritten() throws IOException {
    JsonNode summary = replayWithTinyModel("no_face.mp4", 1);

    assertThat(summary.get("frames").asLong()).isPositive();
    assertThat(summary.get("faces").asLong()).isZero();
    assertThat(summary.get("events").asLong()).isZero();
  }

  @Test
  void replay_cutOff_failsAndTheSummaryHasWhatCameBefore() throws IOException {
    JsonNode summary = replayWithTinyModel("../odd-inputs/cut_faststart.mp4", 1);

    assertThat(summary.get("frames").asLong()).isBetween(10L, 20L);
    assertThat(summary.get("faces")).isEqualTo(summary.get("frames"));
    assertThat(summary.get("incomplete").get(0).asText())
        .contains("cut_faststart.mp4 ended after")
        .endsWith("of about 36 pictures, incomplete");
    Summaries.assertNothingLostOrDoubled(summary);
  }

  /** Faces that are upside down, squeezed, or in another stream than the first are not found. */
  @ParameterizedTest
  @CsvSource({
    "mirrored_hflip_matrix.mp4, 36",
    "sar_2_1.mp4, 36",
    "two_video_streams_face_second.mp4, 36",
    "cover_first_then_video.mkv, 36"
  })
  void replay_asPlayersShowIt_everyFaceIsFound(String name, int faces) throws IOException {
    JsonNode summary = replayWithTinyModel("../odd-inputs/" + name, 0);

    assertThat(summary.get("faces").asInt()).isEqualTo(faces);
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void replay_stoppedInTheMiddle_summaryOfWhatWasDone() throws Exception {
    Path file = folder.resolve("summary.json");
    try (PaffmemProcess replay =
        PaffmemProcess.start(
            folder,
            "replay",
            Map.of(),
            List.of(
                "replay",
                recording("single_face.mp4").toString(),
                "--person",
                "p1",
                "--seeding-frames",
                "2",
                "--model",
                tinyModel(),
                "--summary",
                file.toString()))) {
      assertThat(replay.await(Pattern.compile("(pictures/s)"))).isNotEmpty();

      replay.stop();

      replay.assertEnded(130);
      assertThat(replay.output()).contains("interrupted: the rest of the recording");
    }
    JsonNode summary = new ObjectMapper().readTree(file.toFile());
    assertThat(summary.get("interrupted").asBoolean()).isTrue();
    assertThat(summary.get("frames").asInt()).isLessThan(72);
    assertThat(summary.get("duplicated").asInt()).isZero();
  }

  /** One from its file and one over HTTP, at once. */
  @Test
  void replay_twoSources_eachPersonHasTheirFrames() throws IOException {
    byte[] served = Files.readAllBytes(recording("single_face.mp4"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> serve(exchange, served));
    server.start();
    try {
      JsonNode summary =
          Summaries.run(
              folder,
              "replay",
              "--source",
              "ann=" + recording("face_noface.mov"),
              "--source",
              "bob=http://127.0.0.1:" + server.getAddress().getPort() + "/single_face.mp4",
              "--speed",
              "max",
              "--seeding-frames",
              "2",
              "--model",
              tinyModel());

      assertThat(summary.get("frames").asLong()).isEqualTo(169 + 72);
      assertThat(summary.get("people").asInt()).isEqualTo(2);
      assertThat(summary.get("faces").asLong()).isBetween(60L + 72, 85L + 72);
      assertThat(summary.get("neurons").get("bob").asInt()).isPositive();
      Summaries.assertNothingLostOrDoubled(summary);
    } finally {
      server.stop(0);
    }
  }

  private static void serve(HttpExchange exchange, byte[] file) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=([0-9]+)-.*", "$1"));
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    try (exchange) {
      exchange.sendResponseHeaders(206, file.length - from);
      exchange.getResponseBody().write(file, from, file.length - from);
    }
  }

  /** With a PK of random weights: which frames have a face does not depend on it. */
  private JsonNode replayWithTinyModel(String name, int expectedStatus) throws IOException {
    return Summaries.run(
        expectedStatus,
        folder,
        "replay",
        recording(name).toString(),
        "--person",
        "p1",
        "--speed",
        "max",
        "--seeding-frames",
        "2",
        "--model",
        tinyModel());
  }

  private String tinyModel() {
    return TinyPrior.write(folder.resolve("model"), LATENT_SIZE).toString();
  }

  private static Path recording(String name) {
    Path video = Path.of("../../shared/recordings", name).toAbsolutePath().normalize();
    if (!Files.exists(video)) {
      System.out.println("SKIPPED: this test needs " + video + ", which is not there");
    }
    assumeTrue(Files.exists(video), "needs " + video);
    return video;
  }
}
