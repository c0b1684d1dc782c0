package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OmgEmotionTest {
  private static final String HEADER =
      "link,start,end,video,utterance,arousal,valence,EmotionMaxVote\n";

  @TempDir Path folder;

  @Test
  void read_everyPlaceOfAVideo_findsIt() throws IOException {
    table(
        "omg_TrainVideos.csv",
        "https://www.youtube.com/watch?v=AbC-1_x,2.5,4,one,utterance_2.mp4,0.25,-0.5,1",
        "https://www.youtube.com/watch?v=AbC-1_x,0.0,2.5,one,utterance_1.mp4,1,0.5,3",
        "https://www.youtube.com/watch?v=AbC-1_x,10,12,two,utterance_1.mp4,0.5,0,4",
        "https://youtu.be/other,0,1,three,utterance_1,0,0,4");
    Path first = file("videos/one/utterance_1.mp4");
    Path second = file("videos/one/utterance_2.mp4");
    Path link = file("videos/AbC-1_x.mkv");
    Path whole = file("three.webm");

    OmgEmotion read = OmgEmotion.read(folder, ArousalScale.UNIT);

    assertThat(read.utterances())
        .containsExactly(
            new Recorded.Utterance("one", "utterance_1.mp4", first, false, 0, 2.5, 1, 0.5f),
            new Recorded.Utterance("one", "utterance_2.mp4", second, false, 2.5, 4, -0.5f, -0.5f),
            new Recorded.Utterance("two", "utterance_1.mp4", link, true, 10, 12, 0, 0),
            new Recorded.Utterance("three", "utterance_1", whole, true, 0, 1, -1, 0));
    assertThat(read.leftOut()).isEmpty();
  }

  @Test
  void read_badRows_countsThemByReason() throws IOException {
    table(
        "annotations/test.csv",
        "l,0,1,one,utterance_1.mp4,0.5,0,1",
        "l,0,1,one,utterance_1.mp4,0.5,0,1",
        "l,0,1,gone,utterance_1.mp4,0.5,0,1",
        "l,0,1,one,utterance_2.mp4,,,",
        "l,1,0,one,utterance_3.mp4,0.5,0,1",
        "l,0,1,one,../secret.mp4,0.5,0,1",
        "l,0,1,one,utterance_4.mp4,1.5,0,1",
        "l,0,1,one",
        "l,0,1,one," + "x".repeat(220) + ",0.5,0,1");
    file("one/utterance_1.mp4");

    OmgEmotion read = OmgEmotion.read(folder, ArousalScale.UNIT);

    assertThat(read.utterances()).hasSize(1);
    assertThat(read.leftOut())
        .isEqualTo(
            Map.of(
                "malformed_row", 4,
                "missing_file", 1,
                "name_too_long", 1,
                "no_label", 1,
                "repeated_row", 1));
  }

  /** As a camera or another system writes them. */
  @Test
  void read_namesThatDifferInCaseOrAccents_findsThem() throws IOException {
    table(
        "a.csv",
        "https://youtu.be/AbC-1_x,0,1,one,utterance_1.mp4,0.5,0,1",
        "l,0,1,Zo\u00eb,utterance_1.mp4,0.5,0,1");
    Path capitals = file("videos/AbC-1_x.MP4");
    Path decomposed = file("Zoe\u0308.mov");

    OmgEmotion read = OmgEmotion.read(folder, ArousalScale.UNIT);

    assertThat(read.utterances())
        .extracting(Recorded.Utterance::file)
        .containsExactly(capitals, decomposed);
  }

  @Test
  void read_signedScale_leavesArousalAsItIs() throws IOException {
    table("a.csv", "l,0,1,one,utterance_1.mp4,-0.5,0,1");
    file("one/utterance_1.mp4");

    OmgEmotion read = OmgEmotion.read(folder, ArousalScale.SIGNED);

    assertThat(read.utterances().get(0).arousal()).isEqualTo(-0.5f);
  }

  @Test
  void read_latin1_saysWhichLineOfWhichFile() throws IOException {
    Files.write(
        folder.resolve("a.csv"),
        (HEADER + "l,0,1,one,utterance_1.mp4,0.5,0,fr\u00f6hlich\n").getBytes(ISO_8859_1));
    file("one/utterance_1.mp4");

    assertThatThrownBy(() -> OmgEmotion.read(folder, ArousalScale.UNIT))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            folder.resolve("a.csv")
                + " cannot be read: line 2 is not UTF-8 text; save it as UTF-8.");
  }

  @Test
  void read_noAnnotationsOrNoVideos_saysWhatIsLookedFor() throws IOException {
    assertThatThrownBy(() -> OmgEmotion.read(folder, ArousalScale.UNIT))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("link,start,end,video,utterance,arousal,valence");

    table("a.csv", "l,0,1,one,utterance_1.mp4,0.5,0,1");

    assertThatThrownBy(() -> OmgEmotion.read(folder, ArousalScale.UNIT))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("videos/VIDEO/UTTERANCE")
        .hasMessageContaining("missing_file=1")
        .hasMessageContaining("the first missing_file in line 2 of a.csv");
  }

  @Test
  void read_realSample_everyRowIsUnderstood() throws IOException {
    Path sample = SharedData.omgSample();
    Files.copy(sample, folder.resolve("omg_sample.csv"));
    int rows = 0;
    for (String line : Files.readAllLines(sample, UTF_8).stream().skip(1).toList()) {
      String[] fields = line.split(",", -1);
      file("videos/" + fields[3] + "/" + fields[4]);
      rows++;
    }

    OmgEmotion read = OmgEmotion.read(folder, ArousalScale.UNIT);

    assertThat(read.utterances()).hasSize(rows);
    assertThat(read.leftOut()).isEmpty();
    assertThat(read.utterances().get(0).arousal()).isEqualTo((float) (2 * 0.468657983622 - 1));
  }

  private void table(String name, String... rows) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, HEADER + String.join("\r\n", rows) + "\r\n");
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.exists(file) ? file : Files.createFile(file);
  }
}
