package io.paffmem.ingest.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ingest.SharedData;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YuNetFaceDetectorTest {
  @TempDir private Path folder;

  @Test
  void detect_faceThatLooksAtTheCamera_isFoundWhereTheCascadeFindsIt() {
    Picture picture = first("recordings", "single_face.mp4");
    try (FaceDetector network = FaceDetector.of(FaceConfig.defaults(), SharedData.faceModel());
        FaceDetector cascade = FaceDetector.of(FaceConfig.defaults(), null)) {
      List<Face> faces = network.detect(picture);

      assertThat(faces).hasSize(1);
      Face face = faces.get(0);
      assertThat(face.box().overlap(cascade.detect(picture).get(0).box())).isGreaterThan(0.6f);
      assertThat(face.score()).isBetween(0.7f, 1f);
      Landmarks marks = face.landmarks();
      assertThat(marks).isNotNull();
      assertThat(marks.leftEyeX()).isBetween(face.box().x(), marks.rightEyeX());
      assertThat(marks.noseY()).isGreaterThan(marks.leftEyeY());
      assertThat(marks.rollDegrees()).isBetween(-8f, 8f);
      assertThat(marks.yawDegrees()).isBetween(-25f, 25f);
    }
  }

  @Test
  void detectNear_faceWhereItWas_isTheSameFace() {
    Picture picture = first("recordings", "single_face.mp4");
    try (FaceDetector network = FaceDetector.of(FaceConfig.defaults(), SharedData.faceModel())) {
      Box box = network.detect(picture).get(0).box();

      List<Face> near = network.detectNear(picture, box);

      assertThat(near).hasSize(1);
      assertThat(near.get(0).box().overlap(box)).isGreaterThan(0.75f);
    }
  }

  @Test
  void detect_tiltedOrMaskedFace_isFoundThoughTheCascadeMissesIt() {
    try (FaceDetector network = FaceDetector.of(FaceConfig.defaults(), SharedData.faceModel());
        FaceDetector cascade = FaceDetector.of(FaceConfig.defaults(), null)) {
      Picture masked = first("odd-inputs", "mask_over_mouth.mp4");
      assertThat(cascade.detect(masked)).isEmpty();
      assertThat(network.detect(masked)).hasSize(1);

      Picture tilted = first("odd-inputs", "tilted_20deg.mp4");
      assertThat(network.detect(tilted)).hasSize(1);
      Landmarks marks = network.detect(tilted).get(0).landmarks();
      assertThat(marks).isNotNull();
      assertThat(Math.abs(marks.rollDegrees())).isBetween(6f, 30f);
    }
  }

  @Test
  void detect_tiltedFace_itsCropStandsUpright() {
    Picture tilted = first("odd-inputs", "tilted_20deg.mp4");
    try (FaceDetector network = FaceDetector.of(FaceConfig.defaults(), SharedData.faceModel());
        FaceCropper cropper = new FaceCropper(FaceConfig.defaults())) {
      Box box = network.detect(tilted).get(0).box();

      byte[] rgb = cropper.rgb(tilted, box);

      byte[] bgr = new byte[rgb.length];
      for (int i = 0; i < rgb.length; i += 3) {
        bgr[i] = rgb[i + 2];
        bgr[i + 1] = rgb[i + 1];
        bgr[i + 2] = rgb[i];
      }
      int side = FaceConfig.CROP_SIDE;
      List<Face> again = network.detect(new Picture(0, 0, side, side, bgr));
      assertThat(again).hasSize(1);
      Landmarks marks = again.get(0).landmarks();
      assertThat(marks).isNotNull();
      assertThat(marks.rollDegrees()).isBetween(-4f, 4f);
      assertThat((marks.leftEyeX() + marks.rightEyeX()) / 2).isBetween(0.45f * side, 0.55f * side);
      assertThat((marks.leftEyeY() + marks.rightEyeY()) / 2).isBetween(0.35f * side, 0.45f * side);
    }
  }

  @Test
  void of_noFile_saysWhatToName() {
    assertThatThrownBy(() -> FaceDetector.of(FaceConfig.defaults(), folder.resolve("none.onnx")))
        .isInstanceOf(FaceModelException.class)
        .hasMessageContaining("none.onnx cannot be read");
  }

  @Test
  void of_fileThatIsNoModel_saysSo() throws IOException {
    Path file = folder.resolve("text.onnx");
    Files.writeString(file, "no model");

    assertThatThrownBy(() -> FaceDetector.of(FaceConfig.defaults(), file))
        .isInstanceOf(FaceModelException.class)
        .hasMessageContaining("is no model that can find faces");
  }

  private static Picture first(String kind, String name) {
    Path file = kind.equals("recordings") ? SharedData.recording(name) : SharedData.oddInput(name);
    try (VideoFile video = VideoFile.open(file)) {
      Picture picture = video.next();
      assertThat(picture).isNotNull();
      return new Picture(0, 0, picture.width(), picture.height(), picture.bgr().clone());
    }
  }
}
