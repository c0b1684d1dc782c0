package io.paffmem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.paffmem.app.options.Dataset;
import io.paffmem.ingest.dataset.Recorded;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecordedDatasetTest {
  @TempDir private Path folder;

  @Test
  void read_ferPlus_publishesThePartThatIsAskedForWithItsSoftLabels() throws IOException {
    Files.writeString(
        folder.resolve("fer2013new.csv"),
        """
        Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF
        Training,fer1.png,10,0,0,0,0,0,0,0,0,0
        PublicTest,fer2.png,5,5,0,0,0,0,0,0,0,0
        PrivateTest,fer3.png,0,0,0,10,0,0,0,0,0,0
        PrivateTest,fer4.png,0,0,0,3,0,0,0,0,7,0
        """);
    picture("FER2013Train/fer1.png");
    picture("FER2013Valid/fer2.png");
    picture("FER2013Test/fer3.png");
    picture("FER2013Test/fer4.png");

    RecordedDataset unsaid = read("--dataset", "ferplus");
    RecordedDataset test = read("--dataset", "ferplus", "--split", "TEST");

    assertThat(unsaid.leftOut()).containsOnly(entry("few_votes", 1));
    assertThat(unsaid.pieces())
        .map(piece -> (Recorded) piece)
        .containsExactly(
            new Recorded.Photograph(
                "fer2", folder.resolve("FER2013Valid/fer2.png"), 0, null, 0.175f, 0.4f));
    assertThat(test.pieces())
        .map(piece -> (Recorded) piece)
        .containsExactly(
            new Recorded.Photograph(
                "fer3", folder.resolve("FER2013Test/fer3.png"), 0, null, -0.35f, -0.7f));
  }

  @Test
  void read_noUsableRow_isAnErrorThatSaysWhy() throws IOException {
    Files.writeString(
        folder.resolve("fer2013new.csv"),
        """
        Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF
        PublicTest,fer2.png,5,5,0,0,0,0,0,0,0,0
        """);
    Files.createDirectories(folder.resolve("FER2013Valid"));

    assertThatThrownBy(() -> read("--dataset", "ferplus"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("missing");
  }

  private RecordedDataset read(String... arguments) {
    RecordedOptions options = CommandLine.populateCommand(new RecordedOptions(), arguments);
    return RecordedDataset.read(Dataset.FERPLUS, options, folder);
  }

  /** Only the annotations and equal files matter here. */
  private void picture(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }
}
