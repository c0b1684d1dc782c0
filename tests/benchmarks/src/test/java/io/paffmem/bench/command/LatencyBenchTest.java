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
    JsonNode cases = measured("--people", "2");

    assertThat(cases.findValuesAsText("case"))
        .containsExactly(
            "2 at 25/s",
            "1 at 2/s",
            "4 at 25/s, while a newcomer is seeded",
            "4 at 25/s, between newcomers");
    assertThat(cases.get(0).get("events").asLong()).isEqualTo(2 + 50);
    assertThat(cases.get(2).get("newcomers").asInt()).isPositive();
  }

  @Test
  void bench_meetings_whoIsAwayPublishesNothing() throws IOException {
    JsonNode cases = measured("--feeds", "meeting");

    assertThat(cases.findValuesAsText("case"))
        .containsExactly("16 at 2/s", "16 at 2/s, who come and go", "5 at 25/s");
    assertThat(cases.get(0).get("events").asLong()).isEqualTo(16 + 32);
    assertThat(cases.get(1).get("events").asLong()).isBetween(16 + 8L, 16 + 31L);
    assertThat(cases.get(2).get("events").asLong()).isEqualTo(5 + 125);
  }

  private JsonNode measured(String option, String value) throws IOException {
    Path summary = temp.resolve("latency.json");

    Ran ran =
        Ran.of(
            Benchmarks::execute,
            "bench",
            "latency",
            option,
            value,
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
    for (JsonNode one : cases) {
      assertThat(one.get("lost").asLong()).isZero();
      assertThat(one.get("duplicated").asLong()).isZero();
      assertThat(one.get("p99Millis").asDouble())
          .isGreaterThanOrEqualTo(one.get("p50Millis").asDouble());
    }
    ran.assertNothingLeft();
    return cases;
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
