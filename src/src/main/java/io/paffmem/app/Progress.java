package io.paffmem.app;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** A progress bar for each part of a long computation. */
final class Progress {
  private final PrintStream out;

  Progress(PrintStream out) {
    this.out = out;
  }

  /**
   * Computes.
   *
   * @param total what the part counts up to
   * @param part is given whom to tell how far it is
   */
  <T> T during(String name, int total, Function<IntConsumer, T> part) {
    try (LiveView view =
        new LiveView(out, Boolean.getBoolean("paffmem.terminal"), () -> "", name, total)) {
      return part.apply(view::advance);
    }
  }
}
