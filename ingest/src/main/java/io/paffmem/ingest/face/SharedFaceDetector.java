package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A detector for many finders at once: each thread that looks has one of its own, which is several
 * megabytes, instead of each finder. Thread-safe.
 */
public final class SharedFaceDetector implements FaceDetector {
  private final Queue<FaceDetector> all = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<FaceDetector> own;

  /**
   * As {@link FaceDetector#of} makes them.
   *
   * @param model YuNet as ONNX; null for the Haar cascade
   */
  public SharedFaceDetector(FaceConfig config, @Nullable Path model) {
    own =
        ThreadLocal.withInitial(
            () -> {
              FaceDetector detector = FaceDetector.of(config, model);
              all.add(detector);
              return detector;
            });
  }

  @Override
  public List<Face> detect(Picture picture) {
    return own.get().detect(picture);
  }

  @Override
  public List<Face> detectNear(Picture picture, Box box) {
    return own.get().detectNear(picture, box);
  }

  /** To be called when no thread looks any more. */
  @Override
  public void close() {
    all.forEach(FaceDetector::close);
    all.clear();
  }
}
