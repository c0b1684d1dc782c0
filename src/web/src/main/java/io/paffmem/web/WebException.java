package io.paffmem.web;

/** A web server that cannot start. The message says why and what to do. */
public final class WebException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WebException(String message) {
    super(message);
  }

  WebException(String message, Throwable cause) {
    super(message, cause);
  }
}
