package io.paffmem.app.terminal;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** A progress bar for each part of a long computation. */
public final class Progress {
  private final PrintStream out;

  public Progress(PrintStream out) {
    this.out = out;
  }

  /**
   * Computes.
   *
   * @param total what the part counts up to
   * @param part is given whom to tell how far it is
   */
  public <T> T during(String name, int total, Function<IntConsumer, T> part) {
    try (LiveView view =
        new LiveView(out, Boolean.getBoolean("paffmem.terminal"), () -> "", name, total)) {
      return part.apply(view::advance);
    }
  }
}
