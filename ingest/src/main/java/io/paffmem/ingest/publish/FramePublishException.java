package io.paffmem.ingest.publish;

/** Frames that did not get onto their topic. The message says why and what to look at. */
public final class FramePublishException extends RuntimeException {
  FramePublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
