package io.paffmem.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiskWatchTest {
  private static final long MIB = 1 << 20;

  /** MiB that are left, and that the disk has. */
  @ParameterizedTest
  @CsvSource({
    "1000, 100000, false",
    "32, 100000, false",
    "31, 100000, true",
    "5, 40, false",
    "3, 40, true"
  })
  void problem_littleSpace_isTold(long usable, long total, boolean isFull) {
    assertThat(DiskWatch.problem(Path.of("data"), usable * MIB, total * MIB).isPresent())
        .isEqualTo(isFull);
  }

  @Test
  void problem_fullDisk_isOneSentenceThatNamesTheFolder() {
    assertThat(DiskWatch.problem(Path.of("data"), MIB, 100_000 * MIB))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .startsWith(
                        "the disk of data is full (1 MiB left of 100000, and closing needs 32)")
                    .doesNotContain("\n"));
  }

  @Test
  void of_folderWithSpace_doesNotFail(@TempDir Path folder) {
    try (DiskWatch watch = DiskWatch.of(folder)) {
      assertThat(watch.failure()).isEmpty();
      assertThat(watch.whenFull()).isNotDone();
    }
  }
}
