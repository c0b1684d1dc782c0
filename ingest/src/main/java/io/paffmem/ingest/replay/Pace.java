package io.paffmem.ingest.replay;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How fast the pictures of a recording follow one another. Used by one thread, for one replay. */
public interface Pace {
  /**
   * Waits until the picture may go on.
   *
   * @param timestampMicros when it is shown, from the beginning of the video; not smaller than the
   *     one before
   */
  void await(long timestampMicros) throws InterruptedException;

  /** How long ago a picture should have gone on; 0 or less if it is not late. */
  default long lateMicros(long timestampMicros) {
    return 0;
  }

  /** As fast as the pictures can be handled. */
  static Pace max() {
    return timestampMicros -> {};
  }

  /** As they were recorded. */
  static Pace real() {
    return real(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  /**
   * As they were recorded: the first picture at once, each later one as long after it as it is
   * shown after it. A picture that is late goes on at once, none is left out, and the next ones
   * catch up.
   *
   * @param nanoTime a clock that never goes back, as {@link System#nanoTime()}
   */
  static Pace real(LongSupplier nanoTime, Sleeper sleeper) {
    return new RealPace(nanoTime, sleeper);
  }

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleeper {
    /** Returns after that many nanoseconds, more than 0. */
    void sleep(long nanos) throws InterruptedException;
  }
}
