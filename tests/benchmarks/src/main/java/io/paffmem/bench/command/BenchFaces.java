package io.paffmem.bench.command;

import io.paffmem.app.run.JpegFaces;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import java.util.ArrayList;
import java.util.List;

/** Faces of people who do not exist, rendered beforehand, so that rendering is not measured. */
final class BenchFaces {
  private final SyntheticPeople people = new SyntheticPeople(1);
  private final JpegFaces jpegs = new JpegFaces();
  private final SyntheticVideo.Format format;

  /**
   * @param distinct different faces of each person
   * @param framesPerSecond of their video
   */
  BenchFaces(int distinct, double framesPerSecond) {
    format =
        new SyntheticVideo.Format(
            FaceRenderer.CROP_SIZE,
            FaceRenderer.CROP_SIZE,
            framesPerSecond,
            distinct / framesPerSecond);
  }

  /** One person's faces as JPEG, in the order of their video. */
  List<byte[]> of(int person) {
    SyntheticVideo video = new SyntheticVideo(people.heldOut(person), 1, format);
    List<byte[]> faces = new ArrayList<>();
    for (int index = 0; index < video.frameCount(); index++) {
      faces.add(jpegs.encode(video.faceCrop(index)));
    }
    return faces;
  }
}
