package io.paffmem.topology;

/** A stored or exported memory cannot be read; the message says which, why, and what to do. */
public final class StoredMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoredMemoryException(String message) {
    super(message);
  }

  StoredMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
