package io.paffmem.start;

/** Something that a run needs is not or no longer there; the message names it and what to do. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A stage that was at work and cannot go on. */
  public static StartException ofStage(Throwable failure) {
    if (failure instanceof StartException explained) {
      return explained;
    }
    return new StartException(
        "a stage stopped: "
            + rootOf(failure)
            + "; with PAFFMEM_JAVA_OPTS=-Dpaffmem.log=FILE the log has the whole account",
        failure);
  }

  /** The cause at the bottom: Kafka's own exceptions say little above it. */
  public static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
