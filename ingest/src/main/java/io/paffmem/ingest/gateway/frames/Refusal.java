package io.paffmem.ingest.gateway.frames;

import java.util.Locale;

/** Why a frame or a message was refused. The codes are part of the protocol: they never change. */
public enum Refusal {
  /** More bytes or pixels than are allowed. */
  TOO_LARGE(413),
  /** Neither JPEG nor PNG, or cut off, or damaged. */
  NOT_AN_IMAGE(415),
  /** A picture without a face. */
  NO_FACE(422),
  /** More frames a second than were agreed. */
  RATE_LIMITED(429),
  /** No token, one that is not known, or one without the right. */
  UNAUTHORIZED(401),
  /** No consent reference, where one is required. */
  CONSENT_MISSING(403),
  /** About employees or students, for neither a medical nor a safety purpose. */
  PURPOSE_PROHIBITED(403),
  /** Not said whom the stream is about, where that is required. */
  SUBJECTS_MISSING(403),
  /** The consent was withdrawn, or the person is not to be watched at all. */
  CONSENT_WITHDRAWN(403),
  /** The gateway or the broker cannot take it now; the same frame may be sent again. */
  BUSY(503),
  /** A sequence too far behind its stream to be told from a duplicate, or that is there already. */
  TOO_LATE(409),
  /** A frame before {@code open}. */
  NOT_OPEN(409),
  /** A second {@code open}. */
  ALREADY_OPEN(409),
  /** A control message that cannot be understood. */
  INVALID_MESSAGE(400),
  /** A fault of the gateway; its log has the account. */
  INTERNAL_ERROR(500);

  private final int httpStatus;

  Refusal(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /** As it stands in replies and counters. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a reply over HTTP. */
  public int httpStatus() {
    return httpStatus;
  }
}
