package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
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
  private final @Nullable HaarFaceDetector owned;
  private final FaceTracker tracker;
  private final FaceCropper cropper;
  private int sinceFullSearch;

  /** With OpenCV's Haar cascade as detector. */
  public FaceFinder(FaceConfig config) {
    this.config = config;
    HaarFaceDetector haar = new HaarFaceDetector(config);
    this.detector = haar;
    this.owned = haar;
    this.tracker = new FaceTracker(config);
    this.cropper = new FaceCropper(config);
  }

  /** With another detector, which stays the caller's to close. */
  public FaceFinder(FaceConfig config, FaceDetector detector) {
    this.config = config;
    this.detector = detector;
    this.owned = null;
    this.tracker = new FaceTracker(config);
    this.cropper = new FaceCropper(config);
  }

  /** Where the face is in the next picture of the video. */
  public Sighting find(Picture picture) {
    return tracker.advance(picture, detect(picture));
  }

  /** All faces of a picture that stands by itself, the largest first. */
  public List<Box> faces(Picture picture) {
    return detector.detect(picture).stream()
        .sorted(Comparator.comparingDouble(Box::area).reversed())
        .toList();
  }

  private List<Box> detect(Picture picture) {
    Box box = tracker.tracked();
    sinceFullSearch++;
    if (box != null && sinceFullSearch < config.fullSearchEvery()) {
      List<Box> near = detector.detectNear(picture, box);
      if (tracker.follows(near)) {
        return near;
      }
    }
    sinceFullSearch = 0;
    return detector.detect(picture);
  }

  /** The face in that box, with its margin, as a 96x96 JPEG in colour. */
  public byte[] jpeg(Picture picture, Box box) {
    return cropper.jpeg(picture, box);
  }

  /** The whole picture, which is a face already, as a 96x96 JPEG in colour. */
  public byte[] jpeg(Picture face) {
    return cropper.jpeg(face);
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
