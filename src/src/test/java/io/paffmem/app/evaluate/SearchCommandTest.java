package io.paffmem.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.FewPhotographs;
import io.paffmem.app.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("model")
@Timeout(600)
final class SearchCommandTest {
  @TempDir private Path folder;

  @Test
  void search_fewTrials_aRowEachAndTheBestCanBeApplied() throws IOException {
    FewPhotographs.write(folder);
    Path out = folder.resolve("found");

    Ran ran =
        Ran.paffmem(
            "search",
            folder.toString(),
            "--out=" + out,
            "--trials=4",
            "--people=1",
            "--seconds=0.4",
            "--min-images=4",
            "--shuffles=1",
            "--validation-of=6");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).contains("as it is (trial 1): score ", "4 trials in ");
    List<String> rows = Files.readAllLines(out.resolve("trials.csv"));
    assertThat(rows).hasSize(5).allSatisfy(row -> assertThat(row.split(",", -1)).hasSize(31));
    assertThat(rows.get(0)).startsWith("trial,score,videos.cccArousal,").endsWith(",epochs");
    assertThat(rows.get(1)).startsWith("1,").endsWith(",,,,,");
    Ran applied =
        Ran.paffmem(
            "evaluate",
            "--dataset=faces",
            folder.toString(),
            "--memory-settings=" + out.resolve("best.properties"));
    assertThat(applied.status()).as(applied.err()).isZero();
    ran.assertNothingLeft();
  }

  @Test
  void mistakes_allNamed() throws IOException {
    Ran.paffmem("search", folder.toString(), "--out=" + folder).assertRefused("data/legend.csv");
    Ran.paffmem(
            "search",
            folder.toString(),
            "--out=" + folder,
            "--trials=0",
            "--people=0",
            "--seconds=-1",
            "--min-images=7",
            "--max-images=6",
            "--shuffles=0")
        .assertRefused(
            "--trials is 0",
            "--people is 0",
            "--seconds is -1.0",
            "--min-images is 7 and --max-images 6",
            "--shuffles is 0");
    FewPhotographs.write(folder);
    Path file = Files.writeString(folder.resolve("m.properties"), "reading.reech = 1\n");
    Ran.paffmem("search", folder.toString(), "--out=" + folder, "--memory-settings=" + file)
        .assertRefused("--memory-settings " + file, "no parameter reading.reech");
    Ran.paffmem("search", folder.toString(), "--out=" + file.resolve("in"))
        .assertRefused("--out ", "cannot be made");
    Ran.paffmem("demo", "--bias-share=2")
        .assertRefused("--bias-share: reading: biasShare = 2.0 (0 to 1 allowed)");
  }
}
