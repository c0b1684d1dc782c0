package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds one person's face in a video, picture by picture, and cuts it out. The same pictures give
 * the same crops. Used by one thread; one instance a person and video, since it remembers where the
 * face was.
 */
public final class FaceFinder implements AutoCloseable {
  private final FaceConfig config;
  private final FaceDetector detector;
  private final @Nullable FaceDetector owned;
  private final FaceTracker tracker;
  private final FaceCropper cropper;
  private int sinceFullSearch;
  private int others;

  /** With OpenCV's Haar cascade as detector. */
  public FaceFinder(FaceConfig config) {
    this(config, (Path) null);
  }

  /**
   * With a detector of its own.
   *
   * @param model YuNet as ONNX; null for OpenCV's Haar cascade
   * @throws FaceModelException if the model cannot be read
   */
  public FaceFinder(FaceConfig config, @Nullable Path model) {
    FaceDetector own = FaceDetector.of(config, model);
    this.config = config;
    this.detector = own;
    this.owned = own;
    this.tracker = new FaceTracker(config, Appearance.ofColours());
    this.cropper = new FaceCropper(config);
  }

  /** With another detector, which stays the caller's to close. */
  public FaceFinder(FaceConfig config, FaceDetector detector) {
    this.config = config;
    this.detector = detector;
    this.owned = null;
    this.tracker = new FaceTracker(config, Appearance.ofColours());
    this.cropper = new FaceCropper(config);
  }

  /** Where the face is in the next picture of the video. */
  public Sighting find(Picture picture) {
    Box box = tracker.tracked();
    sinceFullSearch++;
    if (box != null && sinceFullSearch < config.fullSearchEvery()) {
      List<Face> near = detector.detectNear(picture, box);
      if (tracker.follows(picture, near)) {
        return tracker.advance(picture, near, false);
      }
    }
    sinceFullSearch = 0;
    List<Face> all = detector.detect(picture);
    Sighting sighting = tracker.advance(picture, all, true);
    others = Math.max(0, all.size() - (sighting instanceof Sighting.Detected ? 1 : 0));
    return sighting;
  }

  /** Faces beside the followed one in the picture that was searched as a whole last. */
  public int others() {
    return others;
  }

  /** All faces of a picture that stands by itself, the largest first. */
  public List<Face> faces(Picture picture) {
    return detector.detect(picture).stream()
        .sorted(Comparator.comparingDouble((Face face) -> face.box().area()).reversed())
        .toList();
  }

  /**
   * The face in that box, with its margin.
   *
   * @param face as the detector gave it; null where the box is carried over a missed detection
   */
  public FaceCrop crop(Picture picture, Box box, @Nullable Face face) {
    return cropper.crop(picture, box, face);
  }

  /** The whole picture, which is a face already. */
  public FaceCrop crop(Picture face) {
    return cropper.crop(face);
  }

  /** The face in that box, with its margin: 96 rows of 96 pixels of red, green, blue. */
  public byte[] rgb(Picture picture, Box box) {
    return cropper.rgb(picture, box);
  }

  @Override
  public void close() {
    cropper.close();
    if (owned != null) {
      owned.close();
    }
  }
}
