package io.paffmem.app.swaps;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class SwapsCommandTest {
  @TempDir private Path folder;

  @Test
  @Tag("model")
  void swaps_syntheticPeople_saysWhatIsLearntAndRefused() throws IOException {
    Path summary = folder.resolve("swaps.json");

    Ran ran =
        Ran.paffmem(
            "swaps",
            "--dataset",
            "synthetic",
            "--people",
            "3",
            "--seconds",
            "3",
            "--summary",
            summary.toString());

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern("another person steps in on the stream +3 .* of 450 .* of 300")
        .containsPattern("another day, on another stream +3 .* of 450 .* of 225");
    assertThat(Files.readString(summary)).contains("\"learnt\"", "\"refusedInterval\"");
    ran.assertNothingLeft();
  }

  @Test
  void swaps_optionsThatDoNotFit_allNamed() {
    Ran.paffmem("swaps", "--people", "1", "--seconds", "1", "--strangers", "0")
        .assertRefused(
            "name one of --dataset and --videos",
            "--people is 1",
            "--seconds is 1.0",
            "--strangers is 0");
    Ran.paffmem("swaps", "--dataset", "faces").assertRefused("a folder of photographs");
    Ran.paffmem("swaps", "--videos", "one.mp4").assertRefused("two are needed");
  }
}
