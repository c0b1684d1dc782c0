package io.paffmem.app.terminal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a stage run until the process is asked to end (Ctrl-C, SIGTERM) or the stage fails. The
 * process waits until this is closed, so open it before the stage.
 */
public final class Shutdown implements AutoCloseable {
  /** Supervisors kill after ten seconds. What a stage has not committed by then is done again. */
  public static final Duration STAGE_LIMIT = Duration.ofMillis(9_500);

  private static final Integer FAILED = 1;

  private final CompletableFuture<Thread> asked = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::askAndWait, "shutdown");
  private final Runnable whenAsked;
  private final @Nullable Duration limit;
  private volatile @Nullable Integer status;

  /** Who starts the stage, which gives up when the process is asked to end before it waits. */
  private volatile @Nullable Thread starter;

  public Shutdown() {
    this(() -> {});
  }

  /**
   * A wait that also tells somebody.
   *
   * @param whenAsked run when the process is asked to end
   */
  public Shutdown(Runnable whenAsked) {
    this(whenAsked, null);
  }

  /**
   * A wait that also tells somebody, and that is not for ever.
   *
   * @param limit how long the process may take to end after it was asked; null for as long as it
   *     takes
   */
  public Shutdown(Runnable whenAsked, @Nullable Duration limit) {
    this.whenAsked = whenAsked;
    this.limit = limit;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * A wait for a stage that the calling thread starts. It ends in that time whatever its broker
   * does, and with status 0 if it was asked to, while it starts, too.
   */
  public static Shutdown within(Duration limit) {
    Shutdown shutdown = new Shutdown(() -> {}, limit);
    shutdown.exitWith(0);
    shutdown.starter = Thread.currentThread();
    return shutdown;
  }

  /**
   * Waits for the end.
   *
   * @param stageFailure completes if the stage cannot go on
   * @return the failure, if that is the reason
   */
  public Optional<Throwable> await(CompletableFuture<Throwable> stageFailure) {
    synchronized (this) {
      starter = null;
      // The thread that closes what was started must not be interrupted.
      boolean unused = Thread.interrupted();
    }
    Object first = CompletableFuture.anyOf(asked, stageFailure).join();
    if (first instanceof Throwable failure) {
      exitWith(FAILED);
      return Optional.of(failure);
    }
    return Optional.empty();
  }

  /** Whether the process is asked to end, for work that looks now and then. */
  public boolean isAsked() {
    return asked.isDone();
  }

  /**
   * The exit status of a process that was asked to end and has closed this; without it, Java says
   * 143 for SIGTERM, however well everything was closed.
   */
  public void exitWith(int exitStatus) {
    status = exitStatus;
  }

  private void askAndWait() {
    asked.complete(hook);
    synchronized (this) {
      Thread starting = starter;
      if (starting != null) {
        starting.interrupt();
      }
    }
    whenAsked.run();
    try {
      Integer wished = awaitClosed() ? status : FAILED;
      if (wished != null) {
        System.out.flush();
        Runtime.getRuntime().halt(wished);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether everything was closed in time. */
  private boolean awaitClosed() throws InterruptedException {
    Duration most = limit;
    if (most == null) {
      closed.await();
      return true;
    }
    boolean inTime = closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
    if (!inTime) {
      System.err.println(
          "paffmem: not everything was closed in time; what is not committed is done again");
    }
    return inTime;
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
