package io.paffmem.dashboard.http;

/** Ends the handling of a request with an error for the one who asked. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ApiError error;
  private final String explanation;

  RefusedException(ApiError error, String explanation) {
    super(explanation, null, false, false);
    this.error = error;
    this.explanation = explanation;
  }

  ApiError error() {
    return error;
  }

  String explanation() {
    return explanation;
  }
}
