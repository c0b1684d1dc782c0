package io.paffmem.app.run;

import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.replay.Pace;
import io.paffmem.ingest.replay.Replay;
import io.paffmem.ingest.replay.ReplayCounts;
import io.paffmem.ingest.replay.ReplayListener;
import io.paffmem.ingest.replay.Sight;
import io.paffmem.ingest.replay.Watch;
import io.paffmem.ingest.video.Late;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.SourceAddress;
import io.paffmem.ingest.video.VideoSource;
import io.paffmem.start.StartException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source on a thread of its own, until it ends or is stopped. */
final class SourceFeed {
  private static final Logger LOG = LoggerFactory.getLogger(SourceFeed.class);

  private final SourceAddress address;
  private final VideoSource source;
  private final Thread thread;
  private volatile ReplayCounts counts = ReplayCounts.NONE;
  private volatile @Nullable Throwable failure;

  /**
   * A feed that does nothing yet.
   *
   * @param address the source's name, for people to read
   * @param source stays the caller's to close
   * @param watch makes who is watched, on the feed's thread; closed there
   * @param listener is told before a frame is published, and after each picture
   * @param late what becomes of pictures of a recording that {@code pace} is behind with
   */
  SourceFeed(
      SourceAddress address,
      VideoSource source,
      Pace pace,
      Late late,
      FramePublisher publisher,
      Supplier<Watch> watch,
      ReplayListener listener) {
    this.address = address;
    this.source = source;
    ReplayListener counting =
        new ReplayListener() {
          @Override
          public void seen(Picture picture, List<Sight> sights) {
            listener.seen(picture, sights);
          }

          @Override
          public void publishing(String person, long sequence) {
            listener.publishing(person, sequence);
          }

          @Override
          public void advanced(ReplayCounts soFar) {
            counts = soFar;
            listener.advanced(soFar);
          }
        };
    Pace own = source.isLive() ? Pace.max() : pace;
    Consumer<Watch> replay =
        watched -> counts = new Replay(source, watched, publisher, own, late, counting).run();
    this.thread = new Thread(() -> run(watch, replay), "feed");
  }

  private void run(Supplier<Watch> watch, Consumer<Watch> replay) {
    try (Watch watched = watch.get()) {
      replay.accept(watched);
    } catch (Throwable e) {
      // An Error too: a feed that just ends looks as if its source were over.
      failure = e;
      if (!(e instanceof StartException)) {
        // Now: other sources may go on for days before the run tells.
        LOG.error("{} is no longer watched: {}", address, e.toString());
      }
    }
  }

  void start() {
    thread.start();
  }

  /** Asks the feed to end after the picture in hand. */
  void stop() {
    thread.interrupt();
  }

  /**
   * Waits for the end.
   *
   * @param nanos at most so long, more than 0
   * @return whether it has ended
   */
  boolean join(long nanos) throws InterruptedException {
    thread.join(Math.max(1, nanos / 1_000_000));
    return !thread.isAlive();
  }

  /** What is missing of the recording, with its name; empty if nothing is, or it goes on. */
  Optional<String> shortfall() {
    return source.shortfall().map(shortfall -> address + " " + shortfall);
  }

  boolean isLive() {
    return source.isLive();
  }

  ReplayCounts counts() {
    return counts;
  }

  /** Why it ended before its source did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
