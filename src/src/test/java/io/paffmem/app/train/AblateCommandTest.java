package io.paffmem.app.train;

import io.paffmem.app.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblateCommandTest {
  @TempDir private Path folder;

  @Test
  void ablate_optionsOutOfRange_allNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    Ran.paffmem(
            "ablate",
            "--steps",
            "0",
            "--width",
            "2",
            "--report-every",
            "0",
            "--out",
            file.toString())
        .assertRefused(
            "nothing to train on",
            "--steps is 0",
            "--width is 2.0",
            "--report-every is 0",
            "is a file: name a folder");
  }

  @Test
  void ablate_otherSettingsInTheFolder_refusedBeforeTraining() throws IOException {
    Files.writeString(folder.resolve("ablation.csv"), "ablation.steps,1\n");

    Ran.paffmem("ablate", "--dataset", "synthetic=160", "--seed", "7", "--out", folder.toString())
        .assertRefused(folder.toString(), "other settings", "name another folder");
  }
}
