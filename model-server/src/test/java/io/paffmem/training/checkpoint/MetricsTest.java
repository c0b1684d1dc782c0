package io.paffmem.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir private Path temp;

  @Test
  void append_rows_oneAStepUnderOneHeader() throws IOException {
    append(250, "loss", "0.5", "score", "0.1");
    append(500, "loss", "0.4", "score", "");

    assertThat(file()).hasContent("step,loss,score\n250,0.5,0.1\n500,0.4,\n");
    assertThat(temp).isDirectoryContaining("glob:**metrics.csv");
    assertThat(temp.toFile().list()).hasSize(1);
  }

  @Test
  void append_otherColumnsThanBefore_keepsEachValueUnderItsName() throws IOException {
    append(250, "loss", "0.5", "old", "1");
    append(500, "new", "2", "loss", "0.4");

    assertThat(file()).hasContent("step,loss,old,new\n250,0.5,1,\n500,0.4,,2\n");
  }

  @Test
  void append_stepThatIsThereAlready_replacesItAndWhatCameAfter() throws IOException {
    append(250, "loss", "0.5");
    append(500, "loss", "0.4");
    append(750, "loss", "0.3");

    append(500, "loss", "0.45");

    assertThat(file()).hasContent("step,loss\n250,0.5\n500,0.45\n");
  }

  @Test
  void append_fileThatWasCutOff_keepsTheWholeRows() throws IOException {
    Files.writeString(file(), "step,loss,score\n250,0.5,0.1\n5");

    append(750, "loss", "0.3", "score", "0.2");

    assertThat(file()).hasContent("step,loss,score\n250,0.5,0.1\n5,,\n750,0.3,0.2\n");
    Files.writeString(file(), "");
    append(1000, "loss", "0.2");
    assertThat(file()).hasContent("step,loss\n1000,0.2\n");
  }

  private Path file() {
    return temp.resolve("metrics.csv");
  }

  private void append(long step, String... cells) throws IOException {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put(cells[i], cells[i + 1]);
    }
    new Metrics(file()).append(step, row);
  }
}
