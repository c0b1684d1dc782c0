package io.paffmem.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.app.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryBenchTest {
  @TempDir Path temp;

  @Test
  void bench_twoSizes_writesTheCostOfEach() throws IOException {
    Path summary = temp.resolve("memory.json");

    Ran ran =
        Ran.of(
            Benchmarks::execute,
            "bench",
            "memory",
            "--neurons",
            "12,40",
            "--seconds",
            "0.05",
            "--summary",
            summary.toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out().lines()).hasSize(3).first().asString().contains("neurons", "learn, us");
    JsonNode figures = new ObjectMapper().readTree(summary.toFile());
    for (String step : new String[] {"recognise", "learn", "seed"}) {
      assertThat(figures.get(step)).as(step).hasSize(2);
      assertThat(figures.get(step).findValuesAsText("neurons")).containsExactly("12", "40");
      for (JsonNode cost : figures.get(step)) {
        // How fast it is, is the machine's affair; a step without time was not measured.
        assertThat(cost.get("microseconds").asDouble()).as(step).isPositive();
      }
    }
    for (JsonNode cost : figures.get("recognise")) {
      assertThat(cost.get("bytesPerStep").asDouble()).isZero();
    }
    for (JsonNode memory : figures.get("memories")) {
      assertThat(memory.get("meanDegree").asDouble()).isGreaterThan(1);
    }
    ran.assertNothingLeft();
  }

  @Test
  void bench_sizeOutOfRange_isRefused() {
    Ran.of(Benchmarks::execute, "bench", "memory", "--neurons", "512,9")
        .assertRefused("--neurons 9 must be 10 to 10000");
    Ran.of(Benchmarks::execute, "bench", "memory", "--seconds", "0")
        .assertRefused("--seconds must be above 0");
  }
}
