package io.paffmem.ingest.video;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in the order in which they are shown: a file, a camera, a renderer. Used by one thread.
 */
public interface VideoSource extends AutoCloseable {
  /**
   * The next picture, or null after the last one, or, of a live source, if the thread is
   * interrupted, even where a picture waits; its status stays set. A picture's index is larger than
   * that of the picture before, by one if none was left out, its timestamp larger; it is valid
   * until the next call.
   *
   * @throws VideoException if the source can no longer be read
   */
  @Nullable Picture next();

  /** When the picture with timestamp 0 was taken, epoch milliseconds, as well as it is known. */
  long startedAtMillis();

  /** About how many pictures there will be, for a progress bar; empty if nobody knows. */
  OptionalLong estimatedPictures();

  /**
   * What is missing of a recording whose last picture came, as a half-sentence that follows its
   * name: it was cut off, or pictures in it are damaged and were left out. Empty before, and where
   * nothing is missing.
   */
  default Optional<String> shortfall() {
    return Optional.empty();
  }

  /** Whether pictures come when they are taken, so that nobody can be asked to wait. */
  default boolean isLive() {
    return false;
  }

  @Override
  void close();
}
