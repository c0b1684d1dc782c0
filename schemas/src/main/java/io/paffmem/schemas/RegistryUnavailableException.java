package io.paffmem.schemas;

import org.apache.kafka.common.errors.RetriableException;

/** The schema registry cannot be reached or cannot answer now. Nothing is wrong with the record. */
public final class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message) {
    super(message);
  }

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
