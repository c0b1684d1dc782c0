package io.paffmem.access;

/** An access file that cannot be used. The message names every problem and what to do. */
public final class AccessException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AccessException(String message) {
    super(message);
  }

  AccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
