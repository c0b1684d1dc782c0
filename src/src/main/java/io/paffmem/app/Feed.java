package io.paffmem.app;

import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.replay.Pace;
import io.paffmem.ingest.replay.Replay;
import io.paffmem.ingest.replay.ReplayCounts;
import io.paffmem.ingest.replay.ReplayListener;
import io.paffmem.ingest.video.Late;
import io.paffmem.ingest.video.VideoSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One source on a thread of its own, until it ends or is stopped. */
final class Feed {
  private final String person;
  private final VideoSource source;
  private final Thread thread;
  private volatile ReplayCounts counts = ReplayCounts.NONE;
  private volatile @Nullable RuntimeException failure;

  /**
   * A feed that does nothing yet.
   *
   * @param source stays the caller's to close
   * @param late what becomes of pictures of a recording that {@code pace} is behind with
   */
  Feed(String person, VideoSource source, Pace pace, Late late, SourceRun run, Runnable advanced) {
    this.person = person;
    this.source = source;
    ReplayListener listener =
        new ReplayListener() {
          @Override
          public void publishing(long sequence) {
            run.publishing(person, sequence);
          }

          @Override
          public void advanced(ReplayCounts soFar) {
            counts = soFar;
            advanced.run();
          }
        };
    FrameStream stream = run.stream(person);
    Consumer<FaceFinder> replay =
        finder ->
            counts =
                new Replay(
                        source, finder, stream, source.isLive() ? Pace.max() : pace, late, listener)
                    .run();
    this.thread = new Thread(() -> run(replay), "feed");
  }

  private void run(Consumer<FaceFinder> replay) {
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      replay.accept(finder);
    } catch (RuntimeException e) {
      failure = e;
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

  String person() {
    return person;
  }

  boolean isLive() {
    return source.isLive();
  }

  ReplayCounts counts() {
    return counts;
  }

  /** Why it ended before its source did. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }
}
