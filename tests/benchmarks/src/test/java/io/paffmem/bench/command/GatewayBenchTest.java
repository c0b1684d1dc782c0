package io.paffmem.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.app.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
final class GatewayBenchTest {
  private static final double CAMERA_RATE = 25;
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path temp;

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a process is not asked for its memory")
  void bench_fewFeeds_writesEveryFigure() throws IOException {
    Path summary = temp.resolve("gateway.json");

    Ran ran =
        Ran.of(
            Benchmarks::execute,
            "bench",
            "gateway",
            "--feeds",
            "1",
            "--idle",
            "1",
            "--busy",
            "1",
            "--seconds",
            "1",
            "--summary",
            summary.toString());

    assertThat(ran.status()).as(ran.err()).isZero();
    JsonNode figures = new ObjectMapper().readTree(summary.toFile());
    for (String figure :
        List.of(
            "residentBytesAtStart",
            "residentBytesIdleFeeds",
            "residentBytesIdleAndBusyFeeds",
            "residentBytesAfterwards")) {
      assertThat(figures.path(figure).asDouble())
          .as("%s, of a JVM with a heap of 256 MiB at most", figure)
          .isBetween(16.0 * MEBIBYTE, 1024.0 * MEBIBYTE);
    }
    assertThat(figures.path("busyAcceptedPerSecond").asDouble())
        .as("of one camera")
        .isBetween(1.0, CAMERA_RATE + 1);
    assertThat(figures.path("faceAcceptedPerSecond").asDouble())
        .as("no face is looked for")
        .isGreaterThan(figures.path("wholeAcceptedPerSecond").asDouble());
    assertThat(figures.path("wholeAcceptedPerSecond").asDouble()).isPositive();
    for (String figure : List.of("busyRefusals", "faceRefusals", "wholeRefusals")) {
      assertThat(figures.path(figure).has("too_late")).as(figure).isFalse();
    }
    ran.assertNothingLeft();
  }

  @Test
  void bench_numbersOutOfRange_areRefused() {
    Ran.of(Benchmarks::execute, "bench", "gateway", "--busy", "0")
        .assertRefused("--busy", "at least 1");
  }
}
