package io.paffmem.ingest.people;

import io.paffmem.ingest.face.Appearance;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.ingest.video.Picture;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds everybody's face in a video, picture by picture, and says whose is which. Used by one
 * thread; one instance a stream, since it remembers who was there. Holds nothing to be closed.
 */
public final class PeopleFinder {
  /** Somebody new is seen within that many pictures, more often than one face needs. */
  private static final int FULL_SEARCH_EVERY = 10;

  private final PeopleTracker tracker;
  private int sinceFullSearch = FULL_SEARCH_EVERY;

  /** Finders of one stream after another are made of these. */
  public PeopleFinder(FaceConfig faces, TrackConfig config) {
    this.tracker = new PeopleTracker(faces, config, Appearance.ofColours());
  }

  /**
   * Who is where in the next picture of the stream.
   *
   * @param detector which one it is may change from call to call, if all are of one kind
   */
  public List<TrackedFace> find(Picture picture, FaceDetector detector) {
    return tracker.advance(picture, detect(picture, detector));
  }

  /** How many people have been seen. */
  public int people() {
    return tracker.people();
  }

  private List<Face> detect(Picture picture, FaceDetector detector) {
    sinceFullSearch++;
    List<Box> places = tracker.places();
    if (!places.isEmpty() && !tracker.isSomebodyMissed() && sinceFullSearch < FULL_SEARCH_EVERY) {
      List<Face> near = new ArrayList<>();
      boolean all = true;
      for (Box place : places) {
        List<Face> found = detector.detectNear(picture, place);
        all &= !found.isEmpty();
        near.addAll(found);
      }
      if (all) {
        return near;
      }
    }
    sinceFullSearch = 0;
    return detector.detect(picture);
  }
}
