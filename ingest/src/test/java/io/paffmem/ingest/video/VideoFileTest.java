package io.paffmem.ingest.video;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VideoFileTest {
  @TempDir Path folder;

  @Test
  void next_wholeVideo_givesEveryPictureInOrderWithItsTime() throws Exception {
    Path file = folder.resolve("levels.mov");
    MadeVideo.write(file, 7, 200, 0);

    List<Long> indices = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    List<Integer> levels = new ArrayList<>();
    try (VideoFile video = VideoFile.open(file)) {
      assertThat(video.estimatedPictures()).hasValue(7);
      for (Picture picture = video.next(); picture != null; picture = video.next()) {
        assertThat(picture.width()).isEqualTo(MadeVideo.WIDTH);
        assertThat(picture.height()).isEqualTo(MadeVideo.HEIGHT);
        indices.add(picture.index());
        times.add(picture.timestampMicros());
        levels.add(level(picture, 40, 40));
      }
    }

    assertThat(indices).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(times).containsExactly(0L, 40_000L, 80_000L, 120_000L, 160_000L, 200_000L, 240_000L);
    assertThat(levels).containsExactly(0, 10, 20, 30, 40, 50, 60);
  }

  /** The corner that is stored at the upper left, after the turn that a viewer would see. */
  @ParameterizedTest
  @CsvSource({"0, 64, 48, 8, 8", "1, 48, 64, 40, 8", "2, 64, 48, 56, 40", "3, 48, 64, 8, 56"})
  void next_displayMatrixTurns_turnsThePictureUpright(
      int clockwiseQuarters, int width, int height, int cornerX, int cornerY) throws Exception {
    Path file = folder.resolve("turned.mov");
    MadeVideo.write(file, 1, 200, clockwiseQuarters);

    try (VideoFile video = VideoFile.open(file)) {
      Picture picture = video.next();

      assertThat(picture).isNotNull();
      assertThat(picture.width()).isEqualTo(width);
      assertThat(picture.height()).isEqualTo(height);
      assertThat(level(picture, cornerX, cornerY)).isEqualTo(200);
      assertThat(level(picture, width - 1 - cornerX, height - 1 - cornerY)).isZero();
    }
  }

  @Test
  void startedAtMillis_noTimeInTheFile_isTheFilesOwn() throws Exception {
    Path file = folder.resolve("levels.mov");
    MadeVideo.write(file, 1, 200, 0);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_234_567_890_000L));

    try (VideoFile video = VideoFile.open(file)) {
      assertThat(video.startedAtMillis()).isEqualTo(1_234_567_890_000L);
    }
  }

  @Test
  void started_neverSoThatItEndsInTheFuture_andNeverBeforeThereWereClocks() {
    long now = 1_760_000_000_000L;

    assertThat(VideoFile.started(OptionalLong.empty(), now - 5000, 60_000, now))
        .isEqualTo(now - 60_000);
    assertThat(VideoFile.started(OptionalLong.of(now - 90_000), now, 60_000, now))
        .isEqualTo(now - 90_000);
    assertThat(VideoFile.started(OptionalLong.of(5), now - 90_000, 60_000, now))
        .isEqualTo(now - 90_000);
    assertThat(VideoFile.started(OptionalLong.of(now + 90_000_000), now - 70_000, 0, now))
        .isEqualTo(now - 70_000);
  }

  @Test
  void open_missingFile_saysSo() {
    Path file = folder.resolve("none.mp4");

    assertThatThrownBy(() -> VideoFile.open(file))
        .isInstanceOf(VideoException.class)
        .hasMessage("There is no file " + file + "; check the path of the video.");
  }

  @Test
  void open_folder_saysSo() {
    assertThatThrownBy(() -> VideoFile.open(folder))
        .isInstanceOf(VideoException.class)
        .hasMessage(folder + " is a folder; name one video file in it.");
  }

  @Test
  void open_noVideo_saysSo() throws Exception {
    Path text =
        Files.write(folder.resolve("letter.mp4"), "Dear reader, ".repeat(500).getBytes(UTF_8));
    Path empty = Files.createFile(folder.resolve("empty.mp4"));

    for (Path file : List.of(text, empty)) {
      assertThatThrownBy(() -> VideoFile.open(file))
          .isInstanceOf(VideoException.class)
          .hasMessageStartingWith(file + " is not a video that FFmpeg can read");
    }
  }

  @Test
  void open_cutOffBeforeItsIndex_saysSo() throws Exception {
    Path file = folder.resolve("levels.mov");
    MadeVideo.write(file, 5, 200, 0);
    byte[] whole = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut.mov"), Arrays.copyOf(whole, whole.length / 3));

    assertThatThrownBy(() -> VideoFile.open(cut))
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith(cut.toString());
  }

  @Test
  void open_onlySound_saysSo() throws Exception {
    Path file = folder.resolve("sound.wav");
    MadeVideo.writeSound(file);

    assertThatThrownBy(() -> VideoFile.open(file))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("holds no video stream");
  }

  private static int level(Picture picture, int x, int y) {
    return picture.bgr()[3 * (y * picture.width() + x)] & 0xff;
  }
}
