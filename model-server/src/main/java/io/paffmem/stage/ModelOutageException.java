package io.paffmem.stage;

import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * The PK fails, whatever it is asked: no record is to blame. A worker treats it as any outage: it
 * commits nothing, waits, tries again, and is not ready.
 */
final class ModelOutageException extends RetriableException {
  private static final long serialVersionUID = 1;

  ModelOutageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
