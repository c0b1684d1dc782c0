package io.paffmem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.replay.Sight;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoFile;
import io.paffmem.ingest.video.VideoSource;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.Source;
import io.paffmem.start.StartException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.MockProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SavedVideoTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int PICTURES = 12;
  private static final Box FACE = new Box(60, 60, 80, 80);

  @TempDir private Path folder;

  @Test
  void write_facesAndAnswers_areOverThePicturesOfTheRecording() {
    Path file = folder.resolve("with answers.mp4");
    SavedVideo saved = new SavedVideo(file, UnaryOperator.identity());
    see(saved);

    saved.write(GreyVideo::new);

    int pictures = 0;
    try (VideoFile video = VideoFile.open(file)) {
      for (Picture picture = video.next(); picture != null; picture = video.next()) {
        boolean faceThere = pictures < PICTURES / 2;
        // Grey without colour but where something is drawn: the box's left side, the dot.
        assertThat(isColoured(picture, 60, 100)).as("box in %d", pictures).isEqualTo(faceThere);
        assertThat(isColoured(picture, 300, 20)).isFalse();
        pictures++;
      }
    }
    assertThat(pictures).isEqualTo(PICTURES);
    assertThat(folder.toFile().list()).containsExactly("with answers.mp4");
  }

  @Test
  void write_recordingThatIsGone_leavesNoFile() {
    SavedVideo saved = new SavedVideo(folder.resolve("none.mp4"), UnaryOperator.identity());

    assertThatThrownBy(() -> saved.write(() -> VideoFile.open(folder.resolve("gone.mp4"))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--save-video");
    assertThat(folder.toFile().list()).isEmpty();
  }

  private static void see(SavedVideo saved) {
    try (AvroSerdes serdes = AvroSerdes.inMemory();
        FramePublisher publisher =
            new FramePublisher(new MockProducer<>(), serdes, Clock.systemUTC());
        VideoSource video = new GreyVideo()) {
      Sight sight = new Sight(publisher.stream("Zo\u00eb/1", "run"), FACE, Face.at(FACE));
      for (Picture picture = video.next(); picture != null; picture = video.next()) {
        boolean faceThere = picture.index() < PICTURES / 2;
        saved.seen(picture, faceThere ? List.of(sight) : List.of());
        if (faceThere) {
          saved.answered(event(picture.index()), 0, 0);
        }
      }
    }
  }

  private static boolean isColoured(Picture picture, int x, int y) {
    for (int dx = -2; dx <= 2; dx++) {
      int at = 3 * (y * picture.width() + x + dx);
      int blue = picture.bgr()[at] & 0xff;
      int red = picture.bgr()[at + 2] & 0xff;
      if (Math.abs(blue - red) > 50) {
        return true;
      }
    }
    return false;
  }

  private static Emotion event(long sequence) {
    return Emotion.newBuilder()
        .setIdentity(new FrameIdentity("Zo\u00eb/1", "run", sequence))
        .setCapturedAtMillis(1_700_000_000_000L)
        .setAffect(new Affect(0.5f, -0.5f))
        .setSource(Source.MEMORY)
        .setPrior(new Affect(0f, 0f))
        .setActivity(1f)
        .setBestMatchingUnit(1)
        .setNeurons(2)
        .setFramesPerceived(1)
        .setModelVersion("m")
        .build();
  }

  private static final class GreyVideo implements VideoSource {
    private long index;

    @Override
    public @Nullable Picture next() {
      if (index == PICTURES) {
        return null;
      }
      byte[] bgr = new byte[3 * WIDTH * HEIGHT];
      Arrays.fill(bgr, (byte) 100);
      return new Picture(index, 40_000 * index++, WIDTH, HEIGHT, bgr);
    }

    @Override
    public long startedAtMillis() {
      return 0;
    }

    @Override
    public OptionalLong estimatedPictures() {
      return OptionalLong.empty();
    }

    @Override
    public void close() {}
  }
}
