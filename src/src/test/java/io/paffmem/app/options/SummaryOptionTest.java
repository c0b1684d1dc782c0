package io.paffmem.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class SummaryOptionTest {
  @TempDir private Path folder;

  @Command
  private static final class Measurement {
    @Mixin private SummaryOption summary = new SummaryOption();
  }

  @Test
  void write_fileNamed_indentedJson() {
    Path file = folder.resolve("summary.json");
    SummaryOption summary = parsed("--summary=" + file);

    check(summary);
    summary.write(Map.of("frames", 80));

    assertThat(file)
        .content()
        .isEqualToNormalizingNewlines(
            """
            {
              "frames" : 80
            }""");
  }

  @Test
  void write_noFileNamed_nothing() {
    SummaryOption summary = parsed();

    check(summary);
    summary.write(Map.of("frames", 80));

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void check_folderNamed_refused() {
    SummaryOption summary = parsed("--summary=" + folder);

    assertThatThrownBy(() -> check(summary))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("--summary " + folder, "it is a folder");
  }

  private static void check(SummaryOption summary) {
    Problems problems = new Problems();
    summary.check(problems);
    problems.throwIfAny();
  }

  private static SummaryOption parsed(String... args) {
    return CommandLine.populateCommand(new Measurement(), args).summary;
  }
}
