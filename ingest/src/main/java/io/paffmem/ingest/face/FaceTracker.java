package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one person's face from picture to picture.
 *
 * <p>A face that overlaps the one so far is that face, even if another is larger (up to twice the
 * area: someone who steps in front takes over); otherwise the largest face is taken and followed
 * from there on. Detections jitter by some percent while the face holds still, which moves the
 * encoder's output far more than an expression does, hence the exponential smoothing.
 *
 * <p>A missed detection keeps the last box for a bounded number of pictures, and only while that
 * place looks as it did: after a cut, the background must not pass for the person. Another face,
 * seen elsewhere in the meantime, is not taken for the person before that.
 */
final class FaceTracker {
  private static final float TAKEOVER_AREA = 2;

  private final FaceConfig config;
  private final Look lastSeen = new Look();
  private final Look now = new Look();
  private @Nullable Box tracked;
  private int missed;

  FaceTracker(FaceConfig config) {
    this.config = config;
  }

  /**
   * Takes the next picture into account.
   *
   * @param faces all faces that the detector found in it
   */
  Sighting advance(Picture picture, List<Box> faces) {
    Box largest = largest(faces);
    Box same = same(faces);
    if (largest != null && same != null) {
      return detected(picture, largest.area() > TAKEOVER_AREA * same.area() ? largest : same);
    }
    if (tracked != null && mayCarry(picture, tracked)) {
      missed++;
      return new Sighting.Carried(tracked, missed);
    }
    tracked = null;
    return largest == null ? new Sighting.Nothing() : detected(picture, largest);
  }

  /** Where the face was last, if one is being followed. */
  @Nullable Box tracked() {
    return tracked;
  }

  /** Whether the face that is being followed is among these. */
  boolean follows(List<Box> faces) {
    return same(faces) != null;
  }

  private @Nullable Box same(List<Box> faces) {
    Box same = null;
    float bestOverlap = config.sameFace();
    for (Box face : faces) {
      float overlap = tracked == null ? 0 : tracked.overlap(face);
      if (overlap >= bestOverlap) {
        same = face;
        bestOverlap = overlap;
      }
    }
    return same;
  }

  private static @Nullable Box largest(List<Box> faces) {
    Box largest = null;
    for (Box face : faces) {
      if (largest == null || face.area() > largest.area()) {
        largest = face;
      }
    }
    return largest;
  }

  private Sighting detected(Picture picture, Box face) {
    Box before = tracked;
    boolean sameFace = before != null && before.overlap(face) >= config.sameFace();
    Box smoothed = before != null && sameFace ? before.towards(face, config.smoothing()) : face;
    tracked = smoothed;
    missed = 0;
    lastSeen.take(picture, smoothed);
    return new Sighting.Detected(smoothed);
  }

  private boolean mayCarry(Picture picture, Box box) {
    if (missed >= config.maxCarried()) {
      return false;
    }
    now.take(picture, box);
    return lastSeen.correlation(now) >= config.sameLook();
  }
}
