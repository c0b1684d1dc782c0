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
final class FaultsBenchTest {
  @TempDir Path temp;

  /** The first fault of seed 1 stops for few seconds; one is enough to see that all is counted. */
  @Test
  void bench_oneFault_everyFrameOnceAndTheSame() throws IOException {
    Path summary = temp.resolve("faults.json");

    Ran ran =
        Ran.of(
            Benchmarks::execute,
            "bench",
            "faults",
            "--minutes",
            "0.01",
            "--people",
            "2",
            "--model",
            TinyPrior.write(temp.resolve("model"), 50).toString(),
            "--summary",
            summary.toString());

    assertThat(ran.status()).as(ran.err()).isZero();
    JsonNode figures = new ObjectMapper().readTree(summary.toFile());
    assertThat(figures.get("frames").asLong()).isPositive();
    assertThat(figures.get("people").asLong()).isGreaterThanOrEqualTo(2);
    assertThat(figures.get("missing").asLong()).isZero();
    assertThat(figures.get("outOfPlace").asLong()).isZero();
    assertThat(figures.get("deadLetters").asLong()).isZero();
    assertThat(figures.get("otherAnswers").asLong()).isZero();
    assertThat(figures.get("back").size()).isEqualTo(1);
    ran.assertNothingLeft();
  }

  @Test
  void bench_outOfRange_isRefused() {
    Ran.of(Benchmarks::execute, "bench", "faults", "--minutes", "0", "--people", "1", "--rate", "0")
        .assertRefused("--minutes is 0", "--people is 1", "--rate is 0");
  }
}
