package io.paffmem.ingest.video;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source without an end: a camera, a stream. A thread of its own decodes, so that pictures that
 * nobody had time for can be left out. A connection that ends, or gives no picture for too long, is
 * made again, after a pause that grows; the indices and times go on. Pictures have the time at
 * which they arrived.
 *
 * <p>FFmpeg bounds the wait for each read, but a sender that trickles bytes keeps it waiting for
 * ever, and nothing can call it back. Such a connection is left behind to end by itself, and
 * another is made beside it.
 */
final class LiveVideo implements VideoSource {
  private static final Logger LOG = LoggerFactory.getLogger(LiveVideo.class);

  /** Enough that the decoder need not wait for a short pause of the one who looks. */
  private static final int MOST_WAITING = 2;

  /** Opens a connection. */
  interface Connector {
    /**
     * Connects.
     *
     * @throws VideoException if it cannot be opened
     */
    DecodedPictures connect();
  }

  private final String name;
  private final Connector connector;
  private final LiveConfig config;
  private final Late late;
  private final LongSupplier nanoTime;
  private final long startedAtMillis;
  private final long startedAtNanos;
  private final AtomicLong nextIndex = new AtomicLong();
  private Connection connection;
  private long lastPictureNanos;
  private int failures;

  /**
   * Begins to read.
   *
   * @param name for the log
   * @param first already open; closed with this
   */
  LiveVideo(
      String name,
      DecodedPictures first,
      Connector connector,
      LiveConfig config,
      Late late,
      Clock clock,
      LongSupplier nanoTime) {
    this.name = name;
    this.connector = connector;
    this.config = config;
    this.late = late;
    this.nanoTime = nanoTime;
    this.startedAtMillis = clock.millis();
    this.startedAtNanos = nanoTime.getAsLong();
    this.lastPictureNanos = startedAtNanos;
    this.connection = new Connection(first);
  }

  @Override
  public @Nullable Picture next() {
    try {
      while (true) {
        Picture picture = connection.pictures.take(config.stall());
        if (picture != null) {
          failures = 0;
          lastPictureNanos = nanoTime.getAsLong();
          return picture;
        }
        String ended = connection.pictures.ended();
        reconnect(ended == null ? "no picture for " + config.stall().toMillis() + " ms" : ended);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void reconnect(String reason) throws InterruptedException {
    connection.leave();
    Duration away = Duration.ofNanos(nanoTime.getAsLong() - lastPictureNanos);
    Duration giveUp = config.giveUp();
    if (giveUp != null && away.compareTo(giveUp) > 0) {
      throw new VideoException(
          "%s has given no picture for %d s (%s); check that it is on and can be reached"
              .formatted(name, away.toSeconds(), reason));
    }
    Duration pause = config.pause(++failures);
    LOG.warn("{}: {}; connecting again in {} ms", name, reason, pause.toMillis());
    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    connection = new Connection(null);
  }

  @Override
  public long startedAtMillis() {
    return startedAtMillis;
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
  public void close() {
    connection.leave();
  }

  /** One connection and the thread that reads it. */
  private final class Connection {
    final PictureQueue pictures = new PictureQueue(late, late == Late.NEWEST ? 1 : MOST_WAITING);
    private final Thread thread;

    Connection(@Nullable DecodedPictures opened) {
      thread = new Thread(() -> run(opened), "live-video");
      // One that hangs must not keep the program from ending.
      thread.setDaemon(true);
      thread.start();
    }

    private void run(@Nullable DecodedPictures opened) {
      try (DecodedPictures decoded = opened == null ? connector.connect() : opened) {
        boolean wanted = true;
        while (wanted) {
          Picture picture = decoded.next();
          if (picture == null) {
            pictures.end("the stream ended or stalled");
            return;
          }
          long micros = (nanoTime.getAsLong() - startedAtNanos) / 1000;
          wanted = pictures.put(picture, nextIndex.getAndIncrement(), micros);
        }
      } catch (VideoException e) {
        pictures.end(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        pictures.end("interrupted");
      } catch (RuntimeException | Error e) {
        LOG.error("{}: reading failed", name, e);
        pictures.end("reading failed: " + e);
      }
    }

    /** Lets the thread end by itself, with its connection; it may be within FFmpeg. */
    void leave() {
      pictures.close();
    }
  }
}
