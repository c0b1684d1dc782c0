package io.paffmem.ingest.people;

import io.paffmem.ingest.face.Appearance;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.Look;
import io.paffmem.ingest.face.SceneCut;
import io.paffmem.ingest.video.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the faces of a stream numbers that stay with them. Used by one thread.
 *
 * <p>Faces go to the tracks by least cost, of how far they are from where the track should be and
 * of how unlike they look. A track that nothing goes to is carried for some pictures where its
 * place looks as it did, then looked for near there, and at last only by its look. A cut ends all
 * tracks: from then on only the look counts. A face that no track takes gets a number once it has
 * been seen in several pictures: the one of somebody who is away, if it is alike enough and more so
 * than to anybody else; otherwise the next. No number is given to anybody else.
 *
 * <p>What a track looks like is learnt only from pictures in which no other face overlaps it, and
 * only these count for a new one: half a face behind another is nobody new.
 */
public final class PeopleTracker {
  private static final double USUAL_STEP_SECONDS = 0.04;
  private static final float ALMOST_APART = 0.02f;
  private static final double LARGEST_STEP = Math.log(1.6);
  private static final int FEWEST_PICTURES_OF_A_PERSON = 3;

  /** Nobody who is not seen is taken to have gone further than in that time. */
  private static final double MOST_SECONDS_OF_WAY = 1.5;

  /** What a second without being seen costs in the assignment, where the rest costs 1 at most. */
  private static final double WAITING = 0.15;

  /** How many times more pictures it takes of a face that another one overlaps. */
  private static final int CROWDED = 8;

  private final FaceConfig faces;
  private final TrackConfig config;
  private final Appearance appearance;
  private final SceneCut cut = new SceneCut();
  private final Look now = new Look();
  private final List<Track> tracks = new ArrayList<>();
  private int lastNumber;
  private long lastMicros = Long.MIN_VALUE;

  public PeopleTracker(FaceConfig faces, TrackConfig config, Appearance appearance) {
    this.faces = faces;
    this.config = config;
    this.appearance = appearance;
  }

  /**
   * Takes the next picture into account.
   *
   * @param found the faces that a detector found in it
   * @return who is there, by their numbers
   */
  public List<TrackedFace> advance(Picture picture, List<Face> found) {
    long micros = picture.timestampMicros();
    boolean first = lastMicros == Long.MIN_VALUE;
    double step = first ? config.alone() : Math.max(0, (micros - lastMicros) / 1e6);
    lastMicros = micros;
    if (cut.isBefore(picture)) {
      tracks.forEach(track -> track.box = null);
    }
    tracks.removeIf(track -> track.box == null && track.number == Track.NO_NUMBER);
    List<Face> apart = apart(found);
    List<float[]> looks = new ArrayList<>();
    for (Face face : apart) {
      looks.add(appearance.describe(picture, face.box()));
    }
    List<Track> near = new ArrayList<>();
    for (Track track : tracks) {
      if (track.box != null && (micros - track.seenMicros) / 1e6 > config.keepSeconds() + step) {
        track.box = null;
      }
      if (track.box != null) {
        near.add(track);
      }
    }
    @Nullable Track[] owners = new Track[apart.size()];
    boolean[] crowded = crowded(apart);
    // Those who have a number first: what was only just seen for the first time is mostly one of
    // them, who looks otherwise behind somebody.
    for (boolean numbered : new boolean[] {true, false}) {
      List<Track> ranked = new ArrayList<>();
      near.forEach(
          track -> {
            if ((track.number != Track.NO_NUMBER) == numbered) {
              ranked.add(track);
            }
          });
      double[][] costs = costs(ranked, apart, looks, crowded, micros, step);
      for (double[] row : costs) {
        for (int j = 0; j < row.length; j++) {
          row[j] = owners[j] == null ? row[j] : Assignment.FORBIDDEN;
        }
      }
      int[] assigned = Assignment.leastCost(costs);
      for (int i = 0; i < ranked.size(); i++) {
        if (assigned[i] >= 0) {
          owners[assigned[i]] = ranked.get(i);
        }
      }
    }
    List<TrackedFace> seen = new ArrayList<>();
    for (int i = 0; i < apart.size(); i++) {
      Track owner = owners[i];
      if (owner == null) {
        owner = new Track(apart.get(i).box(), looks.get(i).clone(), crowded[i], micros);
        owner.place.take(picture, apart.get(i).box());
        tracks.add(owner);
        owners[i] = owner;
      } else {
        take(owner, picture, apart.get(i).box(), looks.get(i), crowded[i], micros);
      }
    }
    boolean alone = step >= config.alone();
    confirm(owners, looks, alone);
    for (int i = 0; i < apart.size(); i++) {
      Track owner = owners[i];
      if (owner != null && owner.number != Track.NO_NUMBER && owner.box != null) {
        seen.add(new TrackedFace(owner.number, owner.box, apart.get(i)));
      }
    }
    carry(picture, near, owners, seen);
    seen.sort(Comparator.comparingInt(TrackedFace::number));
    forget();
    return seen;
  }

  /** Where somebody is, as far as that is known, for a search near them. */
  List<Box> places() {
    List<Box> places = new ArrayList<>();
    for (Track track : tracks) {
      if (track.box != null && track.missed == 0) {
        places.add(track.box);
      }
    }
    return places;
  }

  /** Whether somebody who was there a moment ago has not been found since. */
  boolean isSomebodyMissed() {
    for (Track track : tracks) {
      if (track.box != null && track.missed > 0) {
        return true;
      }
    }
    return false;
  }

  /** How many people have got a number. */
  public int people() {
    return lastNumber;
  }

  /** Of two hits of one face the surer one. */
  private static List<Face> apart(List<Face> found) {
    List<Face> sure = new ArrayList<>(found);
    sure.sort(Comparator.comparing(Face::score).reversed());
    List<Face> apart = new ArrayList<>();
    for (Face face : sure) {
      if (apart.stream().allMatch(other -> other.box().overlap(face.box()) < 0.4f)) {
        apart.add(face);
      }
    }
    return apart;
  }

  /** Which faces overlap another one, so that one of the two is partly covered. */
  private static boolean[] crowded(List<Face> faces) {
    boolean[] crowded = new boolean[faces.size()];
    for (int i = 0; i < faces.size(); i++) {
      for (int j = 0; j < faces.size(); j++) {
        crowded[i] |= i != j && faces.get(i).box().overlap(faces.get(j).box()) > ALMOST_APART;
      }
    }
    return crowded;
  }

  private double[][] costs(
      List<Track> near,
      List<Face> found,
      List<float[]> looks,
      boolean[] crowded,
      long micros,
      double step) {
    double[][] costs = new double[near.size()][found.size()];
    for (int i = 0; i < near.size(); i++) {
      Track track = near.get(i);
      Box from = track.box;
      if (from != null) {
        double away = (micros - track.seenMicros) / 1e6;
        for (int j = 0; j < found.size(); j++) {
          float likeness = appearance.likeness(track.look, looks.get(j));
          boolean far = step >= config.alone();
          // Where pictures are far apart, a face may be anywhere, and must be alike; one that is
          // partly covered looks like both.
          float least = far ? config.alike() : crowded[j] ? config.covered() : config.unlike();
          costs[i][j] =
              likeness < least
                  ? Assignment.FORBIDDEN
                  : cost(track.expected(from, away), away, found.get(j).box(), likeness, far);
        }
      }
    }
    return costs;
  }

  private double cost(Box expected, double away, Box box, float likeness, boolean far) {
    double side = (expected.width() + box.width()) / 2;
    double distance =
        Math.hypot(
                box.x() + box.width() / 2 - expected.x() - expected.width() / 2,
                box.y() + box.height() / 2 - expected.y() - expected.height() / 2)
            / side;
    double missing = Math.max(0, away - USUAL_STEP_SECONDS);
    double reach =
        config.reach() + config.reachPerSecond() * Math.min(MOST_SECONDS_OF_WAY, missing);
    double larger = Math.abs(Math.log(box.width() / expected.width()));
    if (distance > reach || (!far && larger > LARGEST_STEP)) {
      return Assignment.FORBIDDEN;
    }
    double weight = config.lookWeight();
    double unlikeness = Math.min(1, (1 - likeness) / Math.max(1e-6, 1 - config.unlike()));
    // Against how far faces usually move, so that one who was not seen for a while does not gain by
    // it; whoever was there a moment ago goes first.
    return (1 - weight) * Math.min(1, distance / config.reach())
        + weight * unlikeness
        + WAITING * Math.min(1, missing);
  }

  private void take(
      Track track, Picture picture, Box found, float[] look, boolean crowded, long micros) {
    Box before = track.box;
    if (before != null) {
      track.moved(before, found, (micros - track.seenMicros) / 1e6);
      boolean goesOn = track.missed == 0 && before.overlap(found) >= faces.sameFace();
      track.box = goesOn ? before.towards(found, faces.smoothing()) : found;
    }
    track.missed = 0;
    track.pictures++;
    track.seenMicros = micros;
    track.place.take(picture, found);
    if (!crowded) {
      track.hits++;
      track.learn(look);
    }
  }

  /** Gives those numbers who have been seen often enough. */
  private void confirm(@Nullable Track[] owners, List<float[]> looks, boolean alone) {
    for (int i = 0; i < owners.length; i++) {
      Track one = owners[i];
      if (one != null
          && one.number == Track.NO_NUMBER
          && (alone
              || one.hits >= config.confirmations()
              || one.pictures >= CROWDED * config.confirmations())) {
        Track back = comesBack(one, looks.get(i));
        if (back == null) {
          one.number = ++lastNumber;
        } else {
          // The one who was away is the one who is here.
          back.box = one.box;
          back.missed = 0;
          back.hits++;
          back.seenMicros = one.seenMicros;
          back.place.take(one.place);
          back.stop();
          tracks.remove(one);
          owners[i] = back;
        }
      }
    }
  }

  /** Who is away and looks like this one, more than anybody else does. */
  private @Nullable Track comesBack(Track one, float[] look) {
    Track best = null;
    float bestLikeness = config.alike();
    float second = 0;
    for (Track other : tracks) {
      if (other != one && other.number != Track.NO_NUMBER) {
        float likeness =
            Math.max(
                appearance.likeness(other.look, one.look), appearance.likeness(other.look, look));
        boolean away = other.box == null || other.missed > 0;
        if (away && other.hits >= FEWEST_PICTURES_OF_A_PERSON && likeness >= bestLikeness) {
          second = Math.max(second, best == null ? 0 : bestLikeness);
          best = other;
          bestLikeness = likeness;
        } else if (away) {
          second = Math.max(second, likeness);
        }
      }
    }
    return best != null && bestLikeness - second >= config.margin() ? best : null;
  }

  /** Those who were missed, where their place looks as it did. */
  private void carry(
      Picture picture, List<Track> near, @Nullable Track[] owners, List<TrackedFace> seen) {
    for (Track track : near) {
      boolean found = false;
      for (Track owner : owners) {
        found |= owner == track;
      }
      Box box = track.box;
      if (!found && box != null) {
        track.missed++;
        if (track.number == Track.NO_NUMBER) {
          track.box = null;
          tracks.remove(track);
        } else if (track.missed <= faces.maxCarried() && isFree(box, seen)) {
          now.take(picture, box);
          if (track.place.correlation(now) >= faces.sameLook()) {
            seen.add(new TrackedFace(track.number, box, null));
          }
        }
      }
    }
  }

  private static boolean isFree(Box box, List<TrackedFace> seen) {
    return seen.stream().allMatch(other -> other.box().overlap(box) <= ALMOST_APART);
  }

  /** The one who was away for longest goes first; their number is not used again. */
  private void forget() {
    while (tracks.size() > config.most()) {
      Track oldest = tracks.get(0);
      for (Track track : tracks) {
        if (track.seenMicros < oldest.seenMicros) {
          oldest = track;
        }
      }
      tracks.remove(oldest);
    }
  }
}
