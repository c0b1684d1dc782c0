package io.paffmem.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void write_fileIsThere_replacedWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "what was there before");

    OutputFile.write(file, "ä,b\n");

    assertThat(file).content().isEqualTo("ä,b\n");
    assertThat(namesInFolder()).containsExactly("table.csv");
  }

  @Test
  void write_cannotBePutInPlace_namedAndNothingHalfWrittenStays() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("table.csv").resolve("inside"));

    assertThatThrownBy(() -> OutputFile.write(folder.resolve("table.csv"), new byte[1]))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll(
            folder.resolve("table.csv") + " cannot be written", "see that its folder is there");

    assertThat(taken).isDirectory();
    assertThat(namesInFolder()).containsExactly("table.csv");
  }

  @Test
  void check_folderOrMissingFolder_refusedNamingOptionAndFile() {
    Path lost = folder.resolve("gone").resolve("table.csv");

    assertThatThrownBy(() -> check(folder))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("--out " + folder, "it is a folder");
    assertThatThrownBy(() -> check(lost))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("--out " + lost, folder.resolve("gone") + " must be a folder");
    check(folder.resolve("table.csv"));
    check(null);
  }

  private static void check(@Nullable Path file) {
    Problems problems = new Problems();
    OutputFile.check("--out", file, problems);
    problems.throwIfAny();
  }

  private Stream<String> namesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    }
  }
}
