package io.paffmem.evaluation.memory;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.metric.Concordance;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Figure 3 of the paper: along one person's video, how well the PK and the memory agree with the
 * labels, and the memory's activity; as SVG.
 *
 * <p>The CCC at a time is that of the ten seconds before it; there is none where the labels or the
 * answers of these did not change.
 */
public final class TimeFigure {
  private static final long WINDOW_MILLIS = 10_000;
  private static final int POINTS = 300;
  private static final int WIDTH = 860;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int PANEL = 150;
  private static final int GAP = 46;
  private static final int TOP = 44;
  private static final String PK = "#8a8a8a";
  private static final String MEMORY = "#0072b2";
  private static final String ACTIVITY = "#d55e00";

  private final LabelledStream stream;
  private final MemoryRun run;
  private final StringBuilder svg = new StringBuilder();

  private TimeFigure(LabelledStream stream, MemoryRun run) {
    this.stream = stream;
    this.run = run;
  }

  private interface Curve {
    OptionalDouble at(int face);
  }

  /**
   * Draws.
   *
   * @throws IllegalArgumentException if the stream has fewer than two faces
   */
  public static String svg(LabelledStream stream, MemoryConfig config) {
    return svg(stream, MemoryRun.of(stream, config));
  }

  /** Draws a run that was made elsewhere. */
  static String svg(LabelledStream stream, MemoryRun run) {
    if (stream.size() < 2) {
      throw new IllegalArgumentException("a figure along time needs two faces or more");
    }
    return new TimeFigure(stream, run).draw();
  }

  private String draw() {
    int height = TOP + 3 * (PANEL + GAP);
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"13\" role=\"img\">",
        WIDTH, height);
    line("<title>CCC of PK and memory, and activity, along one video</title>");
    line("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    legend(LEFT, PK, "PK alone");
    legend(LEFT + 110, MEMORY, "with memory");
    panel(0, "arousal: CCC of the last 10 s", -1, 1);
    curve(0, -1, 1, PK, face -> ccc(stream.prior(), 0, face));
    curve(0, -1, 1, MEMORY, face -> ccc(run.answers(), 0, face));
    panel(1, "valence: CCC of the last 10 s", -1, 1);
    curve(1, -1, 1, PK, face -> ccc(stream.prior(), 1, face));
    curve(1, -1, 1, MEMORY, face -> ccc(run.answers(), 1, face));
    panel(2, "activity of the best-matching unit", 0, 1);
    curve(2, 0, 1, ACTIVITY, face -> OptionalDouble.of(run.activities()[face]));
    line("</svg>");
    return svg.toString();
  }

  private OptionalDouble ccc(float[] answers, int axis, int face) {
    long[] millis = stream.millis();
    if (millis[face] - millis[0] < WINDOW_MILLIS) {
      return OptionalDouble.empty();
    }
    Concordance ccc = new Concordance();
    for (int i = face; i >= 0 && millis[face] - millis[i] <= WINDOW_MILLIS; i--) {
      ccc.add(answers[2 * i + axis], stream.labels()[2 * i + axis]);
    }
    return ccc.ccc();
  }

  private void legend(int x, String colour, String name) {
    line(
        "<path d=\"M%d 20h24\" stroke=\"%s\" stroke-width=\"2\"/><text x=\"%d\" y=\"24\">%s</text>",
        x, colour, x + 30, name);
  }

  private void panel(int panel, String name, double low, double high) {
    int top = top(panel);
    line("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT, top - 8, name);
    for (double value : new double[] {low, (low + high) / 2, high}) {
      double at = y(panel, low, high, value);
      line(
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%.1f</text>",
          LEFT, at, WIDTH - RIGHT, LEFT - 8, at + 4, value);
    }
    double seconds = seconds(stream.size() - 1);
    for (int tick = 0; tick <= 4; tick++) {
      line(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f s</text>",
          LEFT + tick / 4.0 * (WIDTH - LEFT - RIGHT), top + PANEL + 17, tick / 4.0 * seconds);
    }
  }

  private void curve(int panel, double low, double high, String colour, Curve curve) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    int points = Math.min(POINTS, stream.size());
    for (int point = 0; point < points; point++) {
      int face = (int) ((long) point * (stream.size() - 1) / (points - 1));
      OptionalDouble value = curve.at(face);
      if (value.isPresent()) {
        double bounded = Math.max(low, Math.min(high, value.getAsDouble()));
        double x = LEFT + seconds(face) / seconds(stream.size() - 1) * (WIDTH - LEFT - RIGHT);
        path.append(
            String.format(
                Locale.ROOT, "%s%.1f %.1f", drawing ? "L" : "M", x, y(panel, low, high, bounded)));
      }
      drawing = value.isPresent();
    }
    line("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"/>", path, colour);
  }

  private static int top(int panel) {
    return TOP + 10 + panel * (PANEL + GAP);
  }

  private static double y(int panel, double low, double high, double value) {
    return top(panel) + (high - value) / (high - low) * PANEL;
  }

  private double seconds(int face) {
    return Math.max(1, stream.millis()[face] - stream.millis()[0]) / 1000.0;
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
