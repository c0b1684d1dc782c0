package io.paffmem.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.app.Ran;
import io.paffmem.prior.TinyPrior;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
@Timeout(600)
final class LatencyBenchTest {
  @TempDir Path temp;

  @Test
  void bench_everyCase_countsEachEventOnce() throws IOException {
    Path summary = temp.resolve("latency.json");

    Ran ran =
        Ran.of(
            Benchmarks::execute,
            "bench",
            "latency",
            "--people",
            "2",
            "--seconds",
            "1",
            "--warm-up",
            "30",
            "--seeding-frames",
            "2",
            "--model",
            TinyPrior.write(temp.resolve("model"), 50).toString(),
            "--summary",
            summary.toString());

    assertThat(ran.status()).as(ran.err()).isZero();
    JsonNode cases = new ObjectMapper().readTree(summary.toFile());
    assertThat(cases.findValuesAsText("case"))
        .containsExactly(
            "2 at 25/s",
            "1 at 2/s",
            "4 at 25/s, while a newcomer is seeded",
            "4 at 25/s, between newcomers");
    assertThat(cases.get(0).get("events").asLong()).isEqualTo(2 + 50);
    assertThat(cases.get(2).get("newcomers").asInt()).isPositive();
    for (JsonNode one : cases) {
      assertThat(one.get("lost").asLong()).isZero();
      assertThat(one.get("duplicated").asLong()).isZero();
      assertThat(one.get("p99Millis").asDouble())
          .isGreaterThanOrEqualTo(one.get("p50Millis").asDouble());
    }
    ran.assertNothingLeft();
  }

  @Test
  void bench_outOfRange_isRefused() {
    Ran.of(
            Benchmarks::execute,
            "bench",
            "latency",
            "--people",
            "0",
            "--seconds",
            "0",
            "--warm-up",
            "0")
        .assertRefused("--people is [0]", "--seconds is 0", "--warm-up is 0");
  }
}
