package io.paffmem.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VideoWriterTest {
  @TempDir private Path folder;

  @Test
  void write_pictures_areReadBackInTheirColoursAndAtTheirTimes() {
    Path file = folder.resolve("made.mp4");
    int width = 65;
    int height = 49;
    try (VideoWriter writer = VideoWriter.create(file, width, height, 25)) {
      for (int i = 0; i < 10; i++) {
        byte[] bgr = new byte[3 * width * height];
        Arrays.fill(bgr, (byte) (20 * i));
        writer.write(bgr, width, i * 40_000L);
      }
    }

    int pictures = 0;
    try (VideoFile video = VideoFile.open(file)) {
      for (Picture picture = video.next(); picture != null; picture = video.next()) {
        assertThat(picture.width()).isEqualTo(64);
        assertThat(picture.height()).isEqualTo(48);
        assertThat(picture.timestampMicros()).isCloseTo(40_000L * pictures, within(2_000L));
        int middle = 3 * (24 * 64 + 32);
        assertThat(picture.bgr()[middle] & 0xff).isCloseTo(20 * pictures, within(14));
        pictures++;
      }
    }
    assertThat(pictures).isEqualTo(10);
  }

  @Test
  void create_kindThatNobodyKnows_saysWhatToName() {
    assertThatThrownBy(() -> VideoWriter.create(folder.resolve("made.nothing"), 64, 48, 25))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("ends with .mp4");
  }
}
