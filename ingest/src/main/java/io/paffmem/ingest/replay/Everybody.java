package io.paffmem.ingest.replay;

import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceCrop;
import io.paffmem.ingest.face.FaceCropper;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.ingest.people.PeopleFinder;
import io.paffmem.ingest.people.TrackConfig;
import io.paffmem.ingest.people.TrackedFace;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.video.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** All faces, each as a person. */
final class Everybody implements Watch {
  private final FaceDetector detector;
  private final FaceCropper cropper;
  private final PeopleFinder finder;
  private final IntFunction<FrameStream> newStream;
  private final Map<Integer, FrameStream> streams = new HashMap<>();

  Everybody(FaceConfig config, @Nullable Path model, IntFunction<FrameStream> newStream) {
    this(config, FaceDetector.of(config, model), newStream);
  }

  /**
   * @param detector closed with this
   */
  Everybody(FaceConfig config, FaceDetector detector, IntFunction<FrameStream> newStream) {
    this.detector = detector;
    this.cropper = new FaceCropper(config);
    this.finder = new PeopleFinder(config, TrackConfig.defaults());
    this.newStream = newStream;
  }

  @Override
  public List<Sight> look(Picture picture) {
    List<Sight> sights = new ArrayList<>();
    for (TrackedFace one : finder.find(picture, detector)) {
      FrameStream stream = streams.computeIfAbsent(one.number(), newStream::apply);
      sights.add(new Sight(stream, one.box(), one.face()));
    }
    return sights;
  }

  @Override
  public FaceCrop crop(Picture picture, Sight sight) {
    return cropper.crop(picture, sight.box(), sight.face());
  }

  @Override
  public int others() {
    return 0;
  }

  @Override
  public void close() {
    cropper.close();
    detector.close();
  }
}
