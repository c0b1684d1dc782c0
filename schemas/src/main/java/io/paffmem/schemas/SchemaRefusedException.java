package io.paffmem.schemas;

/** The schema registry will not have a schema, which asking again does not change. */
public final class SchemaRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
