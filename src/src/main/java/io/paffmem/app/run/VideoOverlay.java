package io.paffmem.app.run;

import io.paffmem.ingest.face.Box;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is laid over the pictures of one video, one after the other: round each face its box and the
 * person's name, beside it the square of arousal (up) and valence (right) with a dot, and below the
 * curves of the last ten seconds, arousal drawn out and valence dashed, a colour for each person.
 */
final class VideoOverlay {
  private static final long CURVE_MICROS = 10_000_000;
  private static final Color BEHIND = new Color(0, 0, 0, 150);
  private static final Color LINES = new Color(255, 255, 255, 150);
  private static final Color[] COLOURS = {
    new Color(0xFF, 0xC1, 0x07),
    new Color(0x4F, 0xC3, 0xF7),
    new Color(0xAE, 0xD5, 0x81),
    new Color(0xF4, 0x8F, 0xB1),
    new Color(0xFF, 0x8A, 0x65),
    new Color(0xB3, 0x9D, 0xDB),
    new Color(0x80, 0xCB, 0xC4),
    new Color(0xE6, 0xEE, 0x9C)
  };

  /** What was answered: each -1 to 1. */
  record Answer(float arousal, float valence) {}

  /**
   * A face in a picture.
   *
   * @param answer null where none came
   */
  record Mark(String person, Box box, boolean carried, @Nullable Answer answer) {}

  private record Point(long micros, Answer answer) {}

  private final int width;
  private final int height;
  private final float unit;
  private final Font font;
  private final Map<String, Color> colours = new LinkedHashMap<>();
  private final Map<String, Deque<Point>> curves = new LinkedHashMap<>();

  /** For pictures of that size, in pixels. */
  VideoOverlay(int width, int height) {
    this.width = width;
    this.height = height;
    this.unit = Math.max(1, Math.min(width, height) / 360f);
    this.font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.round(13 * unit));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /**
   * Draws over a picture; they come in the order of their times.
   *
   * @param micros when it is shown
   */
  void draw(BufferedImage image, long micros, List<Mark> marks) {
    Graphics2D pen = image.createGraphics();
    try {
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setFont(font);
      for (Mark mark : marks) {
        colours.computeIfAbsent(mark.person, any -> COLOURS[colours.size() % COLOURS.length]);
        Answer answer = mark.answer;
        if (answer != null) {
          curves
              .computeIfAbsent(mark.person, any -> new ArrayDeque<>())
              .add(new Point(micros, answer));
        }
      }
      forget(micros);
      curves(pen, micros);
      for (Mark mark : marks) {
        mark(pen, mark);
      }
    } finally {
      pen.dispose();
    }
  }

  private void forget(long micros) {
    for (Iterator<Deque<Point>> all = curves.values().iterator(); all.hasNext(); ) {
      Deque<Point> one = all.next();
      while (!one.isEmpty() && one.peekFirst().micros < micros - CURVE_MICROS) {
        one.removeFirst();
      }
      if (one.isEmpty()) {
        all.remove();
      }
    }
  }

  private Color colour(String person) {
    return colours.getOrDefault(person, COLOURS[0]);
  }

  private void mark(Graphics2D pen, Mark mark) {
    Box box = mark.box;
    pen.setColor(colour(mark.person));
    pen.setStroke(mark.carried ? dashed(2) : new BasicStroke(2 * unit));
    pen.drawRect(
        Math.round(box.x()),
        Math.round(box.y()),
        Math.round(box.width()),
        Math.round(box.height()));
    int textHeight = pen.getFontMetrics().getHeight();
    int textWidth = pen.getFontMetrics().stringWidth(mark.person);
    int left = Math.round(box.x());
    int top = Math.max(0, Math.round(box.y()) - textHeight - Math.round(3 * unit));
    pen.setColor(BEHIND);
    pen.fillRect(left, top, textWidth + Math.round(8 * unit), textHeight);
    pen.setColor(colour(mark.person));
    pen.drawString(mark.person, left + 4 * unit, (float) top + pen.getFontMetrics().getAscent());
    Answer answer = mark.answer;
    if (answer != null) {
      square(pen, mark, answer);
    }
  }

  private void square(Graphics2D pen, Mark mark, Answer answer) {
    Box box = mark.box;
    float side = Math.max(40 * unit, Math.min(90 * unit, 0.6f * box.height()));
    float gap = 6 * unit;
    float left =
        box.x() + box.width() + gap + side <= width
            ? box.x() + box.width() + gap
            : Math.max(0, box.x() - gap - side);
    float top = Math.max(0, Math.min(height - side, box.y()));
    pen.setColor(BEHIND);
    pen.fillRect(Math.round(left), Math.round(top), Math.round(side), Math.round(side));
    pen.setColor(LINES);
    pen.setStroke(new BasicStroke(unit));
    pen.drawRect(Math.round(left), Math.round(top), Math.round(side), Math.round(side));
    pen.drawLine(
        Math.round(left + side / 2),
        Math.round(top),
        Math.round(left + side / 2),
        Math.round(top + side));
    pen.drawLine(
        Math.round(left),
        Math.round(top + side / 2),
        Math.round(left + side),
        Math.round(top + side / 2));
    float radius = 4 * unit;
    pen.setColor(colour(mark.person));
    pen.fill(
        new Ellipse2D.Float(
            left + side * (1 + answer.valence) / 2 - radius,
            top + side * (1 - answer.arousal) / 2 - radius,
            2 * radius,
            2 * radius));
  }

  private void curves(Graphics2D pen, long micros) {
    if (curves.isEmpty()) {
      return;
    }
    float tall = 0.18f * height;
    float top = height - tall;
    pen.setColor(BEHIND);
    pen.fillRect(0, Math.round(top), width, height - Math.round(top));
    pen.setColor(LINES);
    pen.setStroke(new BasicStroke(unit));
    pen.drawLine(0, Math.round(top + tall / 2), width, Math.round(top + tall / 2));
    curves.forEach(
        (person, points) -> {
          Path2D.Float arousal = new Path2D.Float();
          Path2D.Float valence = new Path2D.Float();
          for (Point point : points) {
            float x = width * (1 - (float) (micros - point.micros) / CURVE_MICROS);
            add(arousal, x, top + tall * (1 - point.answer.arousal) / 2);
            add(valence, x, top + tall * (1 - point.answer.valence) / 2);
          }
          pen.setColor(colour(person));
          pen.setStroke(new BasicStroke(2 * unit));
          pen.draw(arousal);
          pen.setStroke(dashed(1.5f));
          pen.draw(valence);
        });
  }

  private static void add(Path2D.Float path, float x, float y) {
    if (path.getCurrentPoint() == null) {
      path.moveTo(x, y);
    } else {
      path.lineTo(x, y);
    }
  }

  private BasicStroke dashed(float wide) {
    return new BasicStroke(
        wide * unit,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_MITER,
        10,
        new float[] {5 * unit, 4 * unit},
        0);
  }
}
