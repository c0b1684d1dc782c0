package io.paffmem.topology.person;

/**
 * Why a frame does not wait for seeds any longer. The stream writes it to {@code seeds} itself; it
 * answers the frame, not the request: faces that come later still seed the memory.
 */
public enum FrameRefusal {
  /** Frames do not wait. */
  AT_ONCE("at_once"),
  /** It waited for too long. */
  TIMED_OUT("timed_out"),
  /** Too many frames of the person wait. */
  QUEUE_FULL("queue_full");

  private final String reason;

  FrameRefusal(String reason) {
    this.reason = reason;
  }

  /** As records on {@code seeds} say it. */
  public String reason() {
    return reason;
  }

  /** Whether that is the reason of one of these, and not a refusal to imagine faces. */
  public static boolean isReason(String reason) {
    for (FrameRefusal refusal : values()) {
      if (refusal.reason.equals(reason)) {
        return true;
      }
    }
    return false;
  }
}
