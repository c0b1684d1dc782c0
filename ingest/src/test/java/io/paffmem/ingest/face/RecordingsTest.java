package io.paffmem.ingest.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.ingest.SharedData;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.PictureDecoder;
import io.paffmem.ingest.video.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The face finder on real recordings. */
final class RecordingsTest {
  @Test
  void find_oneFaceThroughout_isInEveryPicture() {
    Watched watched = watch("single_face.mp4");

    assertThat(watched.pictures).isEqualTo(72);
    assertThat(watched.facesAt).hasSize(72);
    assertThat(watched.carried).isZero();
  }

  @Test
  void find_faceThatLeaves_isNotCarriedIntoTheNextScene() {
    Watched watched = watch("face_noface.mov");

    assertThat(watched.pictures).isEqualTo(169);
    assertThat(watched.facesAt).hasSizeBetween(60, 85);
    assertThat(watched.facesAt).allMatch(index -> index <= 90);
  }

  @Test
  void find_sceneWithoutAFace_findsNone() {
    Watched watched = watch("no_face.mp4");

    assertThat(watched.pictures).isPositive();
    assertThat(watched.facesAt).isEmpty();
  }

  @Test
  void find_severalPeople_takesTheLargestFace() throws IOException {
    Picture picture =
        PictureDecoder.decode(Files.readAllBytes(SharedData.recording("multi_face.jpg")))
            .orElseThrow();
    try (HaarFaceDetector detector = new HaarFaceDetector(FaceConfig.defaults());
        FaceFinder finder = new FaceFinder(FaceConfig.defaults(), detector)) {
      List<Face> all = detector.detect(picture);
      Sighting sighting = finder.find(picture);

      assertThat(all).hasSizeGreaterThan(1);
      float largest = 0;
      for (Face face : all) {
        largest = Math.max(largest, face.box().area());
      }
      assertThat(sighting).isInstanceOf(Sighting.Detected.class);
      assertThat(((Sighting.Detected) sighting).box().area()).isEqualTo(largest);
    }
  }

  @Test
  void find_sameVideoTwice_givesTheSameCrops() {
    assertThat(watch("single_face.mp4").cropHash).isEqualTo(watch("single_face.mp4").cropHash);
  }

  private static Watched watch(String name) {
    Watched watched = new Watched();
    try (VideoFile video = VideoFile.open(SharedData.recording(name));
        FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      for (Picture picture = video.next(); picture != null; picture = video.next()) {
        watched.pictures++;
        Sighting sighting = finder.find(picture);
        if (sighting instanceof Sighting.Detected detected) {
          watched.face(
              picture.index(), finder.crop(picture, detected.box(), detected.face()).jpeg());
        } else if (sighting instanceof Sighting.Carried carried) {
          watched.carried++;
          watched.face(picture.index(), finder.crop(picture, carried.box(), null).jpeg());
        }
      }
    }
    return watched;
  }

  private static final class Watched {
    private int pictures;
    private int carried;
    private final List<Long> facesAt = new ArrayList<>();
    private int cropHash;

    private void face(long index, byte[] jpeg) {
      facesAt.add(index);
      cropHash = 31 * cropHash + Arrays.hashCode(jpeg);
    }
  }
}
