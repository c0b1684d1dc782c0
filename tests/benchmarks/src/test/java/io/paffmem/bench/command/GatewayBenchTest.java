package io.paffmem.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.app.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayBenchTest {
  @TempDir Path temp;

  @Test
  void bench_fewFeeds_writesEveryFigure() throws IOException {
    Path summary = temp.resolve("gateway.json");

    Ran ran =
        Ran.of(
            Benchmarks::execute,
            "bench",
            "gateway",
            "--feeds",
            "2",
            "--idle",
            "2",
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
            "busyAcceptedPerSecond",
            "faceAcceptedPerSecond",
            "wholeAcceptedPerSecond")) {
      assertThat(figures.path(figure).asDouble()).as(figure).isPositive();
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
