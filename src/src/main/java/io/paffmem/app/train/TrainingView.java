package io.paffmem.app.train;

import io.paffmem.app.terminal.Progress;
import io.paffmem.training.TrainingListener;
import io.paffmem.training.TrainingReport;
import io.paffmem.training.TrainingReport.Agreement;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * What a training run shows: a line for each report and, on a terminal, a bar with the latest
 * losses below them that stays in place.
 */
final class TrainingView implements TrainingListener {
  private static final int BAR_WIDTH = 24;
  private static final long REDRAW_NANOS = 250_000_000;
  private static final String ESCAPE = "\u001B[";

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoClock;
  private long drawnAt;
  private boolean drawn;
  private String concordance = "";

  TrainingView(PrintStream out, boolean terminal, LongSupplier nanoClock) {
    this.out = out;
    this.terminal = terminal;
    this.nanoClock = nanoClock;
  }

  @Override
  public void stepped(Progress progress) {
    long now = nanoClock.getAsLong();
    if (!terminal || (drawn && now - drawnAt < REDRAW_NANOS)) {
      return;
    }
    drawnAt = now;
    clear();
    // Without wrapping: what is too wide for the terminal is cut.
    out.print(
        ESCAPE + "?7l" + bar(progress) + "\n" + losses(progress.losses()) + concordance + "\n");
    out.print(ESCAPE + "?7h");
    out.flush();
    drawn = true;
  }

  @Override
  public void reported(TrainingReport report) {
    concordance = concordance(report.ccc());
    println(
        "step %,d, %s, %.0f ms a step (%.1f waiting), %s%s, score %.3f"
            .formatted(
                report.step(),
                clock(report.trained()),
                report.stepMillis(),
                report.waitedMillis(),
                losses(report.losses()),
                concordance,
                report.score()));
  }

  @Override
  public void noted(String sentence) {
    println(sentence);
  }

  /** A line that stays, above the bar. */
  void println(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /** {@code [=====> ] 42 %, step 1,234, 12:05, 16:40 left}. */
  static String bar(Progress progress) {
    double spent = Math.max(0, Math.min(1, progress.spent()));
    int done = (int) (spent * BAR_WIDTH);
    String head = done < BAR_WIDTH ? ">" : "";
    String left =
        spent > 0
            ? ", " + clock(Duration.ofMillis(left(progress.trained().toMillis(), spent))) + " left"
            : "";
    return "[%s%s%s] %3d %%, step %,d, %s%s"
        .formatted(
            "=".repeat(done),
            head,
            " ".repeat(BAR_WIDTH - done - head.length()),
            (int) (100 * spent),
            progress.step(),
            clock(progress.trained()),
            left);
  }

  private static long left(long trainedMillis, double spent) {
    return Math.round(trainedMillis * (1 - spent) / spent);
  }

  private static String losses(Map<String, Float> losses) {
    StringBuilder text = new StringBuilder();
    losses.forEach(
        (name, value) ->
            text.append(text.length() == 0 ? "" : ", ")
                .append(name.replace('_', ' '))
                .append(String.format(Locale.ROOT, " %.3f", value)));
    return text.toString();
  }

  private static String concordance(Map<String, Agreement> ccc) {
    StringBuilder text = new StringBuilder();
    ccc.forEach(
        (set, agreement) ->
            text.append(", CCC ")
                .append(set)
                .append(" arousal ")
                .append(number(agreement.arousal()))
                .append(" valence ")
                .append(number(agreement.valence())));
    return text.toString();
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "none";
  }

  private static String clock(Duration time) {
    return time.toHours() > 0
        ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }

  private void clear() {
    if (drawn) {
      out.print(ESCAPE + "2F" + ESCAPE + "J");
      drawn = false;
    }
  }
}
