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
    // How fast they are is for a machine that does nothing else: here they are there.
    for (String rate :
        List.of("busyAcceptedPerSecond", "faceAcceptedPerSecond", "wholeAcceptedPerSecond")) {
      assertThat(figures.path(rate).asDouble()).as(rate).isPositive();
    }
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
