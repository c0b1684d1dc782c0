package io.paffmem.ingest.video;

import org.jspecify.annotations.Nullable;

/** A video that cannot be read. The message is one sentence for the person who named it. */
public final class VideoException extends RuntimeException {
  public VideoException(String message) {
    this(message, null);
  }

  public VideoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
