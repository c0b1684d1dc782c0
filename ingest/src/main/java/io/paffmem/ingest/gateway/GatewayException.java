package io.paffmem.ingest.gateway;

/** A gateway that cannot start. The message says why and what to do. */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GatewayException(String message) {
    super(message);
  }

  GatewayException(String message, Throwable cause) {
    super(message, cause);
  }
}
