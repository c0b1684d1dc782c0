package io.paffmem.ingest.replay;

import io.paffmem.ingest.face.FaceCrop;
import io.paffmem.ingest.publish.FramePublishException;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.video.Late;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoException;
import io.paffmem.ingest.video.VideoSource;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;

/**
 * One run of a video through the face finder onto the topic of frames. A frame's sequence is the
 * index of its picture, so the pictures without a face are the gaps. Source, watch and the streams
 * of its people stay the caller's to close.
 */
public final class Replay {
  private final VideoSource source;
  private final Watch watch;
  private final FramePublisher publisher;
  private final Pace pace;
  private final Late late;
  private final ReplayListener listener;
  private ReplayCounts counts = ReplayCounts.NONE;
  private long lastIndex = -1;
  private long lastMicros;

  /**
   * A replay that has not begun.
   *
   * @param publisher of the frames of whom is watched
   * @param late what becomes of pictures of a recording that {@code pace} is behind with; a live
   *     source decides that itself
   */
  public Replay(
      VideoSource source,
      Watch watch,
      FramePublisher publisher,
      Pace pace,
      Late late,
      ReplayListener listener) {
    this.source = source;
    this.watch = watch;
    this.publisher = publisher;
    this.pace = pace;
    this.late = late;
    this.listener = listener;
  }

  /**
   * Replays the video to its end, or a live source for ever, and waits until its frames are
   * written. Ends early if the thread is interrupted: the thread's interrupt status stays set, and
   * what was published is left to the publisher's {@code close} to complete.
   *
   * @return what was seen and published
   * @throws VideoException if the video cannot be read to its end
   * @throws FramePublishException if a frame could not be written
   */
  public ReplayCounts run() {
    try {
      for (Picture picture = source.next(); picture != null; picture = source.next()) {
        pace.await(picture.timestampMicros());
        if (Thread.currentThread().isInterrupted()) {
          return counts;
        }
        take(picture);
        listener.advanced(counts);
      }
      publisher.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InterruptException e) {
      // Kafka's own, which leaves the interrupt status set.
    }
    return counts;
  }

  private void take(Picture picture) {
    counts = counts.plusSkipped(picture.index() - lastIndex - 1);
    long sinceLastMicros = picture.timestampMicros() - lastMicros;
    lastIndex = picture.index();
    lastMicros = picture.timestampMicros();
    // When the next picture, an equal time later, is due too, this one is not the newest.
    if (late == Late.NEWEST
        && sinceLastMicros > 0
        && pace.lateMicros(picture.timestampMicros()) > sinceLastMicros) {
      counts = counts.plusSkipped(1);
    } else {
      replay(picture);
    }
  }

  private void replay(Picture picture) {
    List<Sight> sights = watch.look(picture);
    listener.seen(picture, sights);
    for (Sight sight : sights) {
      publish(picture, sight);
    }
    counts = counts.plusPicture(sights, watch.others());
  }

  private void publish(Picture picture, Sight sight) {
    long capturedAtMillis = source.startedAtMillis() + picture.timestampMicros() / 1000;
    FaceCrop face = watch.crop(picture, sight);
    listener.publishing(sight.stream().personId(), picture.index());
    sight.stream()
        .publish(picture.index(), capturedAtMillis, face.jpeg(), null, face.quality(), null, false);
  }
}
