package io.paffmem.app.terminal;

import java.io.PrintStream;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * What a run shows while it goes on: a table of the people and a progress bar for the source. On a
 * terminal they stay in place; elsewhere a bar is printed now and then, and no escape codes.
 */
public final class LiveView implements AutoCloseable {
  private static final int TERMINAL_INTERVAL_MILLIS = 250;
  private static final int PLAIN_INTERVAL_MILLIS = 5_000;
  private static final int WIDTH = 78;
  private static final String ESCAPE = "\u001B[";

  private final ProgressBar bar;
  private boolean closed;
  private boolean early;

  /**
   * A view that draws itself until it is closed.
   *
   * @param table lines of the people, each with its line feed
   * @param pictures that the source will give; -1 if unknown
   */
  public LiveView(
      PrintStream out, boolean terminal, Supplier<String> table, String task, long pictures) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(pictures)
            .setUnit(" pictures", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(terminal ? TERMINAL_INTERVAL_MILLIS : PLAIN_INTERVAL_MILLIS)
            .setConsumer(terminal ? new InPlace(out, table) : new Lines(out))
            // The last events come when the source has ended, and the bar stands still.
            .continuousUpdate()
            .showSpeed()
            .build();
  }

  /** The source has given so many pictures. */
  public void advance(long pictures) {
    bar.stepTo(pictures);
  }

  /** The source ended before its end, so that what is drawn must not look complete. */
  public void endsEarly() {
    early = true;
  }

  /** Stops drawing; what is drawn stays. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (!early) {
        // The number of pictures was a video file's own estimate.
        bar.maxHint(bar.getCurrent());
      }
      bar.close();
    }
  }

  /** Draws over what it drew before; what is too wide for the terminal is cut, not wrapped. */
  static final class InPlace implements ProgressBarConsumer {
    private final PrintStream out;
    private final Supplier<String> table;
    private int drawnLines;

    InPlace(PrintStream out, Supplier<String> table) {
      this.out = out;
      this.table = table;
    }

    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public synchronized void accept(String rendered) { // by the bar's timer and by its owner
      StringBuilder text = new StringBuilder().append(ESCAPE).append("?7l");
      if (drawnLines > 0) {
        text.append(ESCAPE).append(drawnLines).append('F');
      }
      String[] lines = (table.get() + rendered.strip()).split("\n", -1);
      for (String line : lines) {
        text.append(line).append(ESCAPE).append("K\n");
      }
      drawnLines = lines.length;
      out.print(text.append(ESCAPE).append("?7h"));
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }

  /** A line now and then, unless it says what the last one said. */
  private static final class Lines implements ProgressBarConsumer {
    private final PrintStream out;
    private String printed = "";

    Lines(PrintStream out) {
      this.out = out;
    }

    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String rendered) {
      String line = rendered.strip();
      if (!line.equals(printed)) {
        out.println(line);
        printed = line;
      }
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
