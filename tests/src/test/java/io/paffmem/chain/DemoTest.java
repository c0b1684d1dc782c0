package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.paffmem.prior.TinyPrior;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
@Tag("model")
final class DemoTest {
  @TempDir Path folder;

  @Test
  void demo_syntheticPeople_anEventForEveryFrameAndTheirCcc() throws IOException {
    JsonNode summary =
        Summaries.run(
            folder,
            "demo",
            "--people",
            "2",
            "--seconds",
            "2",
            "--speed",
            "max",
            "--seeding-frames",
            "3",
            "--seeding",
            "every-frame");

    assertThat(summary.get("frames").asLong()).isEqualTo(100);
    assertThat(summary.get("people").asInt()).isEqualTo(2);
    assertThat(summary.get("memoryEvents").asLong()).isEqualTo(100);
    assertThat(summary.get("seedRequests").asLong()).isEqualTo(6);
    assertThat(summary.get("seeds").asLong()).isEqualTo(6);
    assertThat(summary.get("ccc").get("prior").get("valence").asDouble()).isBetween(-1.0, 1.0);
    assertThat(summary.get("ccc").get("memory").get("valence").asDouble())
        .isNotEqualTo(summary.get("ccc").get("prior").get("valence").asDouble());
    Summaries.assertNothingLostOrDoubled(summary);
  }

  @Test
  void demo_atRealSpeed_thePriorAnswersUntilTheMemoryCan() throws IOException {
    JsonNode summary =
        Summaries.run(
            folder,
            "demo",
            "--people",
            "1",
            "--seconds",
            "5",
            "--model",
            TinyPrior.write(folder.resolve("model"), 50).toString());

    assertThat(summary.get("events").asLong()).isEqualTo(125);
    assertThat(summary.get("priorEvents").asLong()).as("the first at least").isPositive();
    assertThat(summary.get("memoryEvents").asLong()).isPositive();
    assertThat(summary.get("seedRequests").asLong()).isBetween(1L, 8L);
    Summaries.assertNothingLostOrDoubled(summary);
  }

  @Test
  void demo_keptData_memoriesGoOn() throws IOException {
    String data = folder.resolve("data").toString();
    String[] command = {
      "demo",
      "--people",
      "1",
      "--seconds",
      "2",
      "--speed",
      "max",
      "--seeding-frames",
      "2",
      "--model",
      TinyPrior.write(folder.resolve("model"), 50).toString(),
      "--data",
      data
    };
    Summaries.run(folder, command);

    JsonNode again = Summaries.run(folder, command);

    assertThat(again.get("memoryEvents").asLong()).isEqualTo(50);
    assertThat(again.get("seedRequests").asLong()).as("a known person is not seeded").isZero();
    Summaries.assertNothingLostOrDoubled(again);
  }
}
