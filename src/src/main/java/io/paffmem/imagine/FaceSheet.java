package io.paffmem.imagine;

import io.paffmem.prior.Activations;
import io.paffmem.start.StartException;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Faces in rows and columns: with captions, or bare. */
public final class FaceSheet {
  private static final int CAPTIONED_CELL = 128;
  private static final int CAPTIONED_GAP = 4;
  private static final int CAPTIONED_MARGIN = 28;
  private static final float HEAT_OPACITY = 0.5f;

  /** Ever lighter, so that it reads without telling red from green: from black by purple. */
  private static final Color[] HEAT = {
    new Color(0x000004),
    new Color(0x56106E),
    new Color(0xBB3754),
    new Color(0xF98C0A),
    new Color(0xFCFFA4)
  };

  private static final float JPEG_QUALITY = 0.92f;

  private final BufferedImage sheet;
  private final Graphics2D graphics;
  private final int side;
  private final int cell;
  private final int gap;
  private final int margin;

  private FaceSheet(int columns, int rows, int side, int cell, int gap, int margin) {
    this.side = side;
    this.cell = cell;
    this.gap = gap;
    this.margin = margin;
    sheet =
        new BufferedImage(
            2 * margin + columns * (cell + gap),
            2 * margin + rows * (cell + gap),
            BufferedImage.TYPE_INT_RGB);
    graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  /**
   * An empty sheet with room for captions.
   *
   * @param side of a face, pixels
   */
  public static FaceSheet captioned(int columns, int rows, int side) {
    return new FaceSheet(columns, rows, side, CAPTIONED_CELL, CAPTIONED_GAP, CAPTIONED_MARGIN);
  }

  /**
   * An empty sheet of faces edge to edge, each as large as it is.
   *
   * @param side of a face, pixels
   */
  public static FaceSheet bare(int columns, int rows, int side) {
    return new FaceSheet(columns, rows, side, side, 0, 0);
  }

  /** Draws a face of side x side x 3 RGB bytes from {@code rgb[offset]}. */
  public void face(int column, int row, byte[] rgb, int offset) {
    BufferedImage face = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int at = offset + 3 * i;
      int colour = (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
      face.setRGB(i % side, i / side, colour);
    }
    graphics.drawImage(face, x(column), y(row), cell, cell, null);
  }

  /**
   * Lays a heat map over a face: black where there is no activation, by purple and orange to pale
   * yellow where it is largest.
   *
   * @param index of the face in the activations
   * @param largest activation of all faces that are to be compared
   */
  public void heat(int column, int row, Activations activations, int index, float largest) {
    BufferedImage heat = new BufferedImage(cell, cell, BufferedImage.TYPE_INT_ARGB);
    for (int pixel = 0; pixel < cell * cell; pixel++) {
      int across = pixel % cell;
      int down = pixel / cell;
      float value = activations.at(index, (across + 0.5f) / cell, (down + 0.5f) / cell);
      float share = largest > 0 ? Math.min(1, value / largest) : 0;
      heat.setRGB(across, down, Math.round(255 * HEAT_OPACITY) << 24 | heatOf(share));
    }
    graphics.drawImage(heat, x(column), y(row), null);
  }

  /** Between the two nearest of {@link #HEAT}, for 0 to 1. */
  private static int heatOf(float share) {
    float at = share * (HEAT.length - 1);
    int below = Math.min((int) at, HEAT.length - 2);
    float rest = at - below;
    Color from = HEAT[below];
    Color to = HEAT[below + 1];
    return mix(from.getRed(), to.getRed(), rest) << 16
        | mix(from.getGreen(), to.getGreen(), rest) << 8
        | mix(from.getBlue(), to.getBlue(), rest);
  }

  private static int mix(int from, int to, float share) {
    return Math.round(from + (to - from) * share);
  }

  /** Writes centred above a column; row 0 is the upper edge of the sheet. */
  public void above(int column, int row, String text) {
    caption(text, x(column) + cell / 2, y(row) - 8, false);
  }

  /** Writes centred below a row, over so many columns. */
  public void below(int column, int columns, int row, String text) {
    int middle = (x(column) + x(column + columns - 1) + cell) / 2;
    caption(text, middle, y(row) + cell + 18, false);
  }

  /** Writes to the left of a cell. */
  public void leftOf(int column, int row, String text) {
    caption(text, x(column) - 22, y(row) + cell / 2 + 4, false);
  }

  /** Writes upwards in the right half of a free column, over so many rows. */
  public void upwards(int column, int row, int rows, String text) {
    int middle = (y(row) + y(row + rows - 1) + cell) / 2;
    caption(text, x(column) + cell * 5 / 8, middle, true);
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

  /** The sheet as JPEG. */
  public byte[] jpeg() {
    graphics.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(JPEG_QUALITY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(sheet, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The sheet as PNG. */
  public byte[] png() {
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(sheet, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private int x(int column) {
    return margin + column * (cell + gap);
  }

  private int y(int row) {
    return margin + row * (cell + gap);
  }
}
