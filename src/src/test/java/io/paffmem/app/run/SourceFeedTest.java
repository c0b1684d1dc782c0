package io.paffmem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.replay.Pace;
import io.paffmem.ingest.replay.ReplayListener;
import io.paffmem.ingest.replay.Watch;
import io.paffmem.ingest.video.Late;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.SourceAddress;
import io.paffmem.ingest.video.VideoSource;
import io.paffmem.schemas.AvroSerdes;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(300)
final class SourceFeedTest {
  @Test
  void run_sourceThrowsAnError_saidAtOnceWithoutPersonAndPassword() throws InterruptedException {
    Logger logger = (Logger) LoggerFactory.getLogger(SourceFeed.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try (AvroSerdes serdes = AvroSerdes.inMemory();
        FramePublisher publisher =
            new FramePublisher(new MockProducer<>(), serdes, Clock.systemUTC())) {
      SourceFeed feed =
          new SourceFeed(
              SourceAddress.of("rtsp://u:secret@door/live"),
              new BrokenCamera(),
              Pace.max(),
              Late.NEWEST,
              publisher,
              () ->
                  Watch.one(
                      new FaceFinder(FaceConfig.defaults(), picture -> List.of()),
                      publisher.stream("ann", "run")),
              new ReplayListener() {});

      feed.start();
      assertThat(feed.join(Long.MAX_VALUE)).isTrue();

      assertThat(feed.failure()).containsInstanceOf(LinkageError.class);
    } finally {
      logger.detachAppender(logged);
    }
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getLevel()).isEqualTo(Level.ERROR);
    assertThat(logged.list.get(0).getFormattedMessage())
        .contains("rtsp://door/live", "no such decoder")
        .doesNotContain("secret", "ann");
  }

  private static final class BrokenCamera implements VideoSource {
    @Override
    public Picture next() {
      throw new LinkageError("no such decoder");
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
    public boolean isLive() {
      return true;
    }

    @Override
    public void close() {}
  }
}
