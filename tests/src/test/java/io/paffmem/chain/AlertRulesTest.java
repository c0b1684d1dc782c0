package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules by Prometheus' own tool: that they can be read, and when they fire. */
final class AlertRulesTest {
  private static final Path FOLDER = Path.of("..", "src", "operations", "prometheus");

  @TempDir private Path folder;

  @Test
  @Timeout(600)
  void rules_fireWhenTheyShouldAndNotElse() throws Exception {
    Optional<Path> promtool = promtool();
    assumeThat(promtool)
        .as("promtool, of Debian's package prometheus, is not here: the alert rules were not tried")
        .isPresent();
    Path said = folder.resolve("said.txt");

    Process process =
        new ProcessBuilder(promtool.orElseThrow().toString(), "test", "rules", "alerts-test.yml")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("promtool ended").isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(process.exitValue()).as("%s", Files.readString(said)).isZero();
  }

  private static Optional<Path> promtool() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(entry -> Path.of(entry, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
