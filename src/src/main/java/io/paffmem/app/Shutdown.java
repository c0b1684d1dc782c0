package io.paffmem.app;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Lets a stage run until the process is asked to end (Ctrl-C, SIGTERM) or the stage fails. The
 * process waits until this is closed, so open it before the stage.
 */
final class Shutdown implements AutoCloseable {
  private final CompletableFuture<Thread> asked = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::askAndWait, "shutdown");
  private final Runnable whenAsked;
  private volatile @Nullable Integer status;

  Shutdown() {
    this(() -> {});
  }

  /**
   * A wait that also tells somebody.
   *
   * @param whenAsked run when the process is asked to end
   */
  Shutdown(Runnable whenAsked) {
    this.whenAsked = whenAsked;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Waits for the end.
   *
   * @param stageFailure completes if the stage cannot go on
   * @return the failure, if that is the reason
   */
  Optional<Throwable> await(CompletableFuture<Throwable> stageFailure) {
    Object first = CompletableFuture.anyOf(asked, stageFailure).join();
    return first instanceof Throwable failure ? Optional.of(failure) : Optional.empty();
  }

  /** Whether the process is asked to end, for work that looks now and then. */
  boolean isAsked() {
    return asked.isDone();
  }

  /**
   * The exit status of a process that was asked to end and has closed this; without it, Java says
   * 143 for SIGTERM, however well everything was closed.
   */
  void exitWith(int exitStatus) {
    status = exitStatus;
  }

  private void askAndWait() {
    asked.complete(hook);
    whenAsked.run();
    try {
      closed.await();
      Integer wished = status;
      if (wished != null) {
        System.out.flush();
        Runtime.getRuntime().halt(wished);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (!asked.isDone()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends at this moment; the hook finds this closed.
      }
    }
  }
}
