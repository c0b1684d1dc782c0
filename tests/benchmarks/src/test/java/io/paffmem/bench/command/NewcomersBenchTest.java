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
final class NewcomersBenchTest {
  private static final int COMPUTED = 200;

  @TempDir Path temp;

  @Test
  void bench_newcomersAtOnce_writesWhatEachWasAnsweredAndCost() throws IOException {
    Path summary = temp.resolve("newcomers.json");

    Ran ran =
        Ran.of(
            Benchmarks::execute,
            "bench",
            "newcomers",
            "--people",
            "2",
            "--newcomers",
            "3",
            "--seconds",
            "1",
            "--warm-up",
            "30",
            "--seeding-frames",
            "2",
            "--seeding",
            "every-frame",
            "--seed-layout",
            "even-200",
            "--model",
            TinyPrior.write(temp.resolve("model"), 50).toString(),
            "--summary",
            summary.toString());

    assertThat(ran.status()).as(ran.err()).isZero();
    JsonNode figures = new ObjectMapper().readTree(summary.toFile());
    assertThat(figures.get("seeded").asInt()).isEqualTo(3);
    assertThat(figures.get("priorFrames").asInt())
        .as("the first of each")
        .isGreaterThanOrEqualTo(3);
    assertThat(figures.get("priorP99Millis").asDouble())
        .isGreaterThanOrEqualTo(figures.get("priorP50Millis").asDouble());
    assertThat(figures.get("firstOfMemoryP50Seconds").asDouble()).isPositive();
    assertThat(figures.get("allSeededSeconds").asDouble())
        .isGreaterThanOrEqualTo(figures.get("firstOfMemoryP50Seconds").asDouble());
    assertThat(figures.get("framesSeeded").asInt()).isEqualTo(3 * 2);
    assertThat(figures.get("facesImaginedP50").asInt()).isEqualTo(2 * COMPUTED);
    assertThat(figures.get("facesImaginedMost").asInt()).isEqualTo(2 * COMPUTED);
    assertThat(figures.get("knownAloneP99Millis").asDouble()).isPositive();
    assertThat(figures.get("knownP99Ratio").asDouble()).isPositive();
    assertThat(figures.get("lost").asLong()).isZero();
    assertThat(figures.get("duplicated").asLong()).isZero();
    assertThat(figures.get("deadLetters").asLong()).isZero();
    assertThat(ran.out()).contains("allSeededSeconds", "facesImaginedMost", "knownP99Ratio");
    ran.assertNothingLeft();
  }

  @Test
  void bench_outOfRange_isRefused() {
    Ran.of(
            Benchmarks::execute,
            "bench",
            "newcomers",
            "--people",
            "0",
            "--newcomers",
            "101",
            "--seconds",
            "0",
            "--warm-up",
            "0")
        .assertRefused("--people is 0", "--newcomers is 101", "--seconds is 0", "--warm-up is 0");
  }
}
