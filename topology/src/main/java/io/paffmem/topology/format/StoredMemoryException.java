package io.paffmem.topology.format;

/** A stored or exported memory cannot be read; the message says which, why, and what to do. */
public final class StoredMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoredMemoryException(String message) {
    super(message);
  }

  public StoredMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
