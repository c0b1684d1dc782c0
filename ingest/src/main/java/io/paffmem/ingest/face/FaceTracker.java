package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one person's face from picture to picture.
 *
 * <p>A face that overlaps the one so far, is about as large and does not look like somebody else is
 * that face, whatever else there is. At first the largest face is taken. Faces that are seen beside
 * the followed one are others: none of them is followed until the scene is cut, even if the
 * followed one goes. Once it has gone, a face that looks like it is taken at once, and another new
 * one only after a second. After a cut the one most alike is taken, or else the largest.
 *
 * <p>Detections jitter by some percent while the face holds still, which moves the encoder's output
 * far more than an expression does, hence the exponential smoothing.
 *
 * <p>A missed detection keeps the last box for a bounded number of pictures, and only while that
 * place looks as it did: after a cut, the background must not pass for the person.
 */
final class FaceTracker {
  /** A face does not get that much larger or smaller from one picture to the next. */
  private static final float LARGEST_STEP = 2;

  /** Pictures without the followed face after which a face that does not look like it is taken. */
  private static final int PATIENCE = 25;

  /** How much a new picture counts in what is known of somebody's look. */
  private static final float NEW_LOOK = 0.1f;

  /** Somebody who was seen beside the followed one. */
  private static final class Other {
    private Box box;
    private final float[] look;

    Other(Box box, float[] look) {
      this.box = box;
      this.look = look;
    }
  }

  private final FaceConfig config;
  private final Appearance appearance;
  private final SceneCut cut = new SceneCut();
  private final Look lastSeen = new Look();
  private final Look now = new Look();
  private final List<Other> others = new ArrayList<>();
  private @Nullable Box tracked;
  private float @Nullable [] look;
  private @Nullable List<Face> judged; // whose answer is known
  private @Nullable Face judgedSame;
  private int missed;
  private int lost;

  FaceTracker(FaceConfig config, Appearance appearance) {
    this.config = config;
    this.appearance = appearance;
  }

  /**
   * Takes the next picture into account.
   *
   * @param faces the faces that the detector found in it
   * @param whole whether these are all of the picture, and not those near the followed one
   */
  Sighting advance(Picture picture, List<Face> faces, boolean whole) {
    if (cut.isBefore(picture)) {
      others.clear();
      tracked = null;
      judged = null;
      lost = PATIENCE;
    }
    Face same = same(picture, faces);
    judged = null;
    if (same != null) {
      if (whole) {
        noteOthers(picture, faces, same);
      }
      return detected(picture, same, true);
    }
    if (tracked != null && mayCarry(picture, tracked)) {
      missed++;
      return new Sighting.Carried(tracked, missed);
    }
    tracked = null;
    lost++;
    Face next = successor(picture, faces);
    return next == null ? new Sighting.Nothing() : detected(picture, next, false);
  }

  /** Where the face was last, if one is being followed. */
  @Nullable Box tracked() {
    return tracked;
  }

  /** Whether the face that is being followed is among these. */
  boolean follows(Picture picture, List<Face> faces) {
    return same(picture, faces) != null;
  }

  /** The face that is where the followed one was, unless it looks like somebody else. */
  private @Nullable Face same(Picture picture, List<Face> faces) {
    if (faces != judged) {
      judged = faces;
      judgedSame = findSame(picture, faces);
    }
    return judgedSame;
  }

  private @Nullable Face findSame(Picture picture, List<Face> faces) {
    Face same = null;
    float bestOverlap = config.sameFace();
    Box before = tracked;
    if (before == null) {
      return null;
    }
    for (Face face : faces) {
      Box box = face.box();
      float overlap = before.overlap(box);
      if (overlap >= bestOverlap
          && box.area() <= LARGEST_STEP * before.area()
          && before.area() <= LARGEST_STEP * box.area()) {
        same = face;
        bestOverlap = overlap;
      }
    }
    return same == null || isUnlike(picture, same.box()) ? null : same;
  }

  private boolean isUnlike(Picture picture, Box box) {
    return look != null
        && appearance.likeness(look, appearance.describe(picture, box)) < config.unlike();
  }

  /** Whom to follow, since the one so far is not there. */
  private @Nullable Face successor(Picture picture, List<Face> faces) {
    Face best = null;
    float bestLikeness = config.alike();
    Face largest = null;
    for (Face face : faces) {
      float[] seen = appearance.describe(picture, face.box());
      float likeness = look == null ? 0 : appearance.likeness(look, seen);
      if (isOther(face.box(), seen, likeness)) {
        continue;
      }
      if (likeness >= bestLikeness) {
        best = face;
        bestLikeness = likeness;
      }
      if (largest == null || face.box().area() > largest.box().area()) {
        largest = face;
      }
    }
    return best != null ? best : look == null || lost > PATIENCE ? largest : null;
  }

  /** Whether a face is one that was seen beside the followed one; if so, it is known to be here. */
  private boolean isOther(Box box, float[] seen, float likeness) {
    for (Other other : others) {
      float toOther = appearance.likeness(other.look, seen);
      boolean there = other.box.overlap(box) >= config.sameFace();
      if (toOther >= likeness && (there || toOther >= config.alike())) {
        other.box = box;
        return true;
      }
    }
    return false;
  }

  private void noteOthers(Picture picture, List<Face> faces, Face same) {
    for (Face face : faces) {
      Box box = face.box();
      if (box.overlap(same.box()) < config.sameFace()) {
        float[] seen = appearance.describe(picture, box);
        if (!isOther(box, seen, 0)) {
          others.add(new Other(box, seen));
        }
      }
    }
  }

  private Sighting detected(Picture picture, Face face, boolean same) {
    Box before = tracked;
    Box box = face.box();
    Box smoothed = before != null && same ? before.towards(box, config.smoothing()) : box;
    tracked = smoothed;
    missed = 0;
    lost = 0;
    lastSeen.take(picture, smoothed);
    remember(appearance.describe(picture, smoothed), same);
    return new Sighting.Detected(smoothed, face);
  }

  private void remember(float[] seen, boolean same) {
    float[] known = look;
    if (known == null || !same) {
      look = seen;
      return;
    }
    for (int i = 0; i < known.length; i++) {
      known[i] += NEW_LOOK * (seen[i] - known[i]);
    }
  }

  private boolean mayCarry(Picture picture, Box box) {
    if (missed >= config.maxCarried()) {
      return false;
    }
    now.take(picture, box);
    return lastSeen.correlation(now) >= config.sameLook();
  }
}
