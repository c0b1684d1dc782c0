package io.paffmem.ingest.dataset;

import org.jspecify.annotations.Nullable;

/** A data set that cannot be read. The message is one sentence for the person who named it. */
public final class DatasetException extends RuntimeException {
  DatasetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
