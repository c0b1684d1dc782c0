package io.paffmem.dashboard.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.javalin.http.Context;
import java.util.Locale;

/** Why a request was not answered. The codes are part of the API: they never change. */
public enum ApiError {
  /** A parameter that is not known, not there, or out of range. */
  INVALID_REQUEST(400),
  /** No token, or one that is not known. */
  UNAUTHORIZED(401),
  /** A token without the right. */
  FORBIDDEN(403),
  /** No such address. */
  NOT_FOUND(404),
  /** Nothing is known of this person. */
  UNKNOWN_PERSON(404),
  /** The address is there, but not for this method. */
  METHOD_NOT_ALLOWED(405),
  /** The memory was learned with another PK than the one that is loaded. */
  OTHER_MODEL(409),
  /** A fault of the dashboard; its log has the account. */
  INTERNAL_ERROR(500),
  /** The dashboard does not know where the memories are. */
  MEMORY_UNAVAILABLE(501),
  /** The memory is being restored, or moves. */
  RESTORING(503),
  /** The dashboard has just started, and does not know yet what may be shown. */
  STARTING(503),
  /** Too much at once; ask again. */
  BUSY(503),
  /** The instance of the topology that is asked for memories does not answer. */
  TOPOLOGY_UNAVAILABLE(503),
  /** The broker does not answer. */
  BROKER_UNAVAILABLE(503);

  private static final String SECONDS_TO_RETRY = "2";

  private final int status;

  ApiError(int status) {
    this.status = status;
  }

  /** The status of the response. */
  public int status() {
    return status;
  }

  /** What the body names it by. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Answers a request with it. */
  void answer(Context request, String message) {
    if (status == 503) {
      request.header("Retry-After", SECONDS_TO_RETRY);
    }
    if (this == UNAUTHORIZED) {
      request.header("WWW-Authenticate", "Bearer");
    }
    request.status(status).contentType("application/json").result(json(message));
  }

  String json(String message) {
    return "{\"error\":\"%s\",\"message\":\"%s\"}"
        .formatted(code(), new String(JsonStringEncoder.getInstance().quoteAsString(message)));
  }
}
