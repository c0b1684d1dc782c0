package io.paffmem.app;

import io.paffmem.pipeline.StartException;
import io.paffmem.prior.Activations;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Faces in rows and columns with captions, written as a PNG. */
final class FaceSheet {
  private static final int CELL = 128;
  private static final int GAP = 4;
  private static final int MARGIN = 28;
  private static final float HEAT_OPACITY = 0.5f;

  private final BufferedImage sheet;
  private final Graphics2D graphics;
  private final int side;

  /**
   * An empty sheet.
   *
   * @param side of a face, pixels
   */
  FaceSheet(int columns, int rows, int side) {
    this.side = side;
    sheet =
        new BufferedImage(
            2 * MARGIN + columns * (CELL + GAP),
            2 * MARGIN + rows * (CELL + GAP),
            BufferedImage.TYPE_INT_RGB);
    graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  /** Draws a face of side x side x 3 RGB bytes from {@code rgb[offset]}. */
  void face(int column, int row, byte[] rgb, int offset) {
    BufferedImage face = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int at = offset + 3 * i;
      int colour = (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
      face.setRGB(i % side, i / side, colour);
    }
    graphics.drawImage(face, x(column), y(row), CELL, CELL, null);
  }

  /**
   * Lays a heat map over a face: blue where there is no activation, red where it is largest.
   *
   * @param index of the face in the activations
   * @param largest activation of all faces that are to be compared
   */
  void heat(int column, int row, Activations activations, int index, float largest) {
    BufferedImage heat = new BufferedImage(CELL, CELL, BufferedImage.TYPE_INT_ARGB);
    for (int pixel = 0; pixel < CELL * CELL; pixel++) {
      int across = pixel % CELL;
      int down = pixel / CELL;
      float value = activations.at(index, (across + 0.5f) / CELL, (down + 0.5f) / CELL);
      float share = largest > 0 ? Math.min(1, value / largest) : 0;
      int rgb = Color.HSBtoRGB((1 - share) * 2 / 3, 1, 1) & 0xFFFFFF;
      heat.setRGB(across, down, Math.round(255 * HEAT_OPACITY) << 24 | rgb);
    }
    graphics.drawImage(heat, x(column), y(row), null);
  }

  /** Writes centred above a column; row 0 is the upper edge of the sheet. */
  void above(int column, int row, String text) {
    caption(text, x(column) + CELL / 2, y(row) - 8, false);
  }

  /** Writes centred below a row, over so many columns. */
  void below(int column, int columns, int row, String text) {
    int middle = (x(column) + x(column + columns - 1) + CELL) / 2;
    caption(text, middle, y(row) + CELL + 18, false);
  }

  /** Writes to the left of a cell. */
  void leftOf(int column, int row, String text) {
    caption(text, x(column) - 22, y(row) + CELL / 2 + 4, false);
  }

  /** Writes upwards in the right half of a free column, over so many rows. */
  void upwards(int column, int row, int rows, String text) {
    int middle = (y(row) + y(row + rows - 1) + CELL) / 2;
    caption(text, x(column) + CELL * 5 / 8, middle, true);
  }

  private void caption(String text, int x, int y, boolean upwards) {
    try {
      graphics.setColor(Color.BLACK);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
      FontMetrics metrics = graphics.getFontMetrics();
      int half = metrics.stringWidth(text) / 2;
      if (upwards) {
        graphics.rotate(-Math.PI / 2, x, y);
        graphics.drawString(text, x - half, y);
        graphics.rotate(Math.PI / 2, x, y);
      } else {
        graphics.drawString(text, x - half, y);
      }
    } catch (InternalError | LinkageError e) {
      throw new StartException(
          "this Java cannot write text into pictures: install fontconfig and a font", e);
    }
  }

  /** Writes the sheet; the file appears whole or not at all. */
  void write(Path file) {
    graphics.dispose();
    Path absolute = file.toAbsolutePath();
    Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
    try {
      try {
        ImageIO.write(sheet, "png", partial.toFile());
        Files.move(
            partial, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new StartException("the picture cannot be written to " + file + ": " + e, e);
    }
  }

  private static int x(int column) {
    return MARGIN + column * (CELL + GAP);
  }

  private static int y(int row) {
    return MARGIN + row * (CELL + GAP);
  }
}
