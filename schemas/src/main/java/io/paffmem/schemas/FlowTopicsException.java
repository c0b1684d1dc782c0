package io.paffmem.schemas;

/** The topics are not as the flow needs them, or cannot be looked at; the message says which. */
public final class FlowTopicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlowTopicsException(String message) {
    super(message);
  }

  FlowTopicsException(String message, Throwable cause) {
    super(message, cause);
  }
}
