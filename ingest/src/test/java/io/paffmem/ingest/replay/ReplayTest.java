package io.paffmem.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.publish.FramePublishException;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.video.Late;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoSource;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReplayTest {
  private static final long STARTED_AT = 1_500_000_000_000L;
  private static final int MICROS_A_PICTURE = 40_000;
  private static final Box FACE = new Box(20, 20, 50, 50);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final FramePublisher publisher =
      new FramePublisher(producer, serdes, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  private final Recorder listener = new Recorder();

  @AfterEach
  void close() {
    publisher.close();
    serdes.close();
  }

  @Test
  void run_faceInSomePictures_publishesTheseUnderTheirIndexAndCountsAll() throws IOException {
    // No face, found, missed once (carried), found, missed until the box is given up.
    ReplayCounts counts = run(10, Set.of(1L, 3L), Pace.max());

    assertThat(counts).isEqualTo(new ReplayCounts(10, 5, 3, 5, 0, 0));
    assertThat(listener.published).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(listener.frames).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    List<Frame> frames = frames();
    assertThat(frames)
        .extracting(frame -> frame.getIdentity().getSequence())
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(frames.get(2).getCapturedAtMillis()).isEqualTo(STARTED_AT + 120);
    assertThat(frames).allSatisfy(frame -> assertThat(frame.getQuality().getSide()).isPositive());
    byte[] jpeg = frames.get(0).getImage().array();
    assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth())
        .isEqualTo(FaceConfig.CROP_SIDE);
  }

  @Test
  void run_noFaceAtAll_publishesNothing() {
    assertThat(run(4, Set.of(), Pace.max())).isEqualTo(new ReplayCounts(4, 0, 0, 4, 0, 0));
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void run_emptyVideo_isOverAtOnce() {
    assertThat(run(0, Set.of(), Pace.max())).isEqualTo(new ReplayCounts(0, 0, 0, 0, 0, 0));
  }

  @Test
  void run_interruptedWhileWaiting_stopsAndStaysInterrupted() {
    Pace interrupted =
        timestampMicros -> {
          if (timestampMicros == 2 * MICROS_A_PICTURE) {
            throw new InterruptedException();
          }
        };

    ReplayCounts counts = run(10, Set.of(0L, 1L, 2L, 3L), interrupted);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(counts.frames()).isEqualTo(2);
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void run_interruptedAtFullSpeed_stopsBeforeTheNextPicture() {
    Pace pace =
        timestampMicros -> {
          if (timestampMicros == MICROS_A_PICTURE) {
            Thread.currentThread().interrupt();
          }
        };

    ReplayCounts counts = run(10, Set.of(0L, 1L), pace);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(counts.frames()).isEqualTo(1);
  }

  @Test
  void run_brokerGone_throwsWhatToLookAt() {
    producer.sendException = new TimeoutException("no broker");

    assertThatThrownBy(() -> run(3, Set.of(1L), Pace.max()))
        .isInstanceOf(FramePublishException.class)
        .hasMessageContaining("no broker");
    producer.sendException = null;
  }

  @Test
  void run_newestWhenLate_skipsPicturesWhoseSuccessorIsDue() {
    // 100 ms behind for the pictures at 120 and 160 ms, then in time again.
    Pace late =
        new Pace() {
          @Override
          public void await(long timestampMicros) {}

          @Override
          public long lateMicros(long timestampMicros) {
            return timestampMicros == 120_000 || timestampMicros == 160_000 ? 100_000 : 30_000;
          }
        };

    ReplayCounts newest = run(new StillVideo(6, 1), Set.of(1L, 2L, 3L, 5L), late, Late.NEWEST);
    ReplayCounts every = run(new StillVideo(6, 1), Set.of(1L, 2L, 3L, 5L), late, Late.EVERY);

    assertThat(newest).isEqualTo(new ReplayCounts(6, 3, 0, 1, 2, 0));
    assertThat(every).isEqualTo(new ReplayCounts(6, 5, 1, 1, 0, 0));
  }

  @Test
  void run_sourceLeavesPicturesOut_countsThem() {
    ReplayCounts counts = run(new StillVideo(9, 3), Set.of(0L, 3L, 6L), Pace.max(), Late.EVERY);

    assertThat(counts).isEqualTo(new ReplayCounts(7, 3, 0, 0, 4, 0));
    assertThat(listener.published).containsExactly(0L, 3L, 6L);
  }

  private ReplayCounts run(int pictures, Set<Long> facesAt, Pace pace) {
    return run(new StillVideo(pictures, 1), facesAt, pace, Late.EVERY);
  }

  private ReplayCounts run(VideoSource video, Set<Long> facesAt, Pace pace, Late late) {
    FaceConfig config =
        new FaceConfig(320, 1.1, 5, 0.1, 1, 50, 0.5f, 0.3f, 2, 0.5, 0.55f, 0.8f, 1.05f, 92);
    FaceDetector detector =
        picture -> facesAt.contains(picture.index()) ? List.of(Face.at(FACE)) : List.of();
    try (Watch watch = Watch.one(new FaceFinder(config, detector), publisher.stream("p", "s"))) {
      return new Replay(video, watch, publisher, pace, late, listener).run();
    }
  }

  private List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    producer
        .history()
        .forEach(
            sent ->
                frames.add(
                    ((Decoded.Value<Frame>)
                            serdes.of(Frame.class).decode(Topics.FRAMES, sent.value()))
                        .value()));
    return frames;
  }

  /** The same picture again and again, 25 a second, every {@code step}th of them. */
  private static final class StillVideo implements VideoSource {
    private final byte[] bgr = new byte[3 * 100 * 100];
    private final int pictures;
    private final int step;
    private long nextIndex;

    StillVideo(int pictures, int step) {
      this.pictures = pictures;
      this.step = step;
      new Random(1).nextBytes(bgr);
    }

    @Override
    public @Nullable Picture next() {
      if (nextIndex >= pictures) {
        return null;
      }
      long index = nextIndex;
      nextIndex += step;
      return new Picture(index, index * MICROS_A_PICTURE, 100, 100, bgr);
    }

    @Override
    public long startedAtMillis() {
      return STARTED_AT;
    }

    @Override
    public OptionalLong estimatedPictures() {
      return OptionalLong.of(pictures);
    }

    @Override
    public void close() {}
  }

  private static final class Recorder implements ReplayListener {
    private final List<Long> published = new ArrayList<>();
    private final List<Long> frames = new ArrayList<>();

    @Override
    public void publishing(String person, long sequence) {
      published.add(sequence);
    }

    @Override
    public void advanced(ReplayCounts soFar) {
      frames.add(soFar.frames());
    }
  }
}
