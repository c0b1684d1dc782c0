package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * OpenCV's Haar cascade for many finders at once: each thread that looks has a cascade of its own,
 * which is several megabytes, instead of each finder. Thread-safe.
 */
public final class SharedFaceDetector implements FaceDetector, AutoCloseable {
  private final Queue<HaarFaceDetector> all = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<HaarFaceDetector> own;

  public SharedFaceDetector(FaceConfig config) {
    own =
        ThreadLocal.withInitial(
            () -> {
              HaarFaceDetector detector = new HaarFaceDetector(config);
              all.add(detector);
              return detector;
            });
  }

  @Override
  public List<Box> detect(Picture picture) {
    return own.get().detect(picture);
  }

  @Override
  public List<Box> detectNear(Picture picture, Box box) {
    return own.get().detectNear(picture, box);
  }

  /** To be called when no thread looks any more. */
  @Override
  public void close() {
    all.forEach(HaarFaceDetector::close);
    all.clear();
  }
}
