package io.paffmem.ingest.synthetic;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;

/**
 * A picture under way: antialiased shapes by Java2D, and straight on the pixels what Java2D is slow
 * at (soft blobs, the room, light, blur, noise). Not thread-safe.
 */
final class Canvas {
  final int width;
  final int height;
  final HeadSpace head = new HeadSpace();
  final Graphics2D graphics;
  private final int[] pixels;
  private final int[] copy;
  private final int[] room;
  private long roomSeed;
  private boolean furnished;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    copy = new int[pixels.length];
    room = new int[pixels.length];
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  void fill(Shape shape, int rgb, float alpha) {
    fill(shape, Tone.color(rgb, alpha));
  }

  void fill(Shape shape, Paint paint) {
    graphics.setPaint(paint);
    graphics.fill(shape);
  }

  /** Draws a line whose width is in head units. */
  void stroke(Shape shape, float lineWidth, int rgb, float alpha) {
    if (alpha < 0.02f) {
      return;
    }
    graphics.setPaint(Tone.color(rgb, alpha));
    graphics.setStroke(
        new BasicStroke(
            Math.max(0.35f, lineWidth * head.scale()),
            BasicStroke.CAP_ROUND,
            BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
  }

  /** A soft elliptical spot on the face; centre and radii in head units. */
  void blob(float x, float y, float lift, float radiusX, float radiusY, int rgb, float alpha) {
    if (alpha < 0.01f) {
      return;
    }
    head.project(x, y, lift);
    spot(
        head.pixelX,
        head.pixelY,
        radiusX * head.scale(),
        radiusY * head.scale(),
        head.cosRoll(),
        head.sinRoll(),
        rgb,
        alpha);
  }

  /** Weight (1 - d^2)^2 inside the ellipse: a bell without an edge, and no exponential. */
  private void spot(
      float cx, float cy, float rx, float ry, float cos, float sin, int rgb, float alpha) {
    float reach = Math.max(rx, ry);
    int top = Math.max(0, (int) (cy - reach));
    int bottom = Math.min(height - 1, (int) (cy + reach) + 1);
    int left = Math.max(0, (int) (cx - reach));
    int right = Math.min(width - 1, (int) (cx + reach) + 1);
    int red = rgb >> 16 & 255;
    int green = rgb >> 8 & 255;
    int blue = rgb & 255;
    float byX = 1 / rx;
    float byY = 1 / ry;
    for (int y = top; y <= bottom; y++) {
      float dy = y + 0.5f - cy;
      for (int x = left; x <= right; x++) {
        float dx = x + 0.5f - cx;
        float u = (dx * cos + dy * sin) * byX;
        float v = (dy * cos - dx * sin) * byY;
        float inside = 1 - u * u - v * v;
        if (inside > 0) {
          int share = (int) (256 * alpha * inside * inside);
          int at = y * width + x;
          int old = pixels[at];
          int r = old >> 16 & 255;
          int g = old >> 8 & 255;
          int b = old & 255;
          r += ((red - r) * share) >> 8;
          g += ((green - g) * share) >> 8;
          b += ((blue - b) * share) >> 8;
          pixels[at] = r << 16 | g << 8 | b;
        }
      }
    }
  }

  /** The room of that seed, kept since a video stays in one. */
  void room(long seed) {
    if (furnished && roomSeed == seed) {
      System.arraycopy(room, 0, pixels, 0, pixels.length);
      return;
    }
    paintRoom(seed);
    System.arraycopy(pixels, 0, room, 0, pixels.length);
    roomSeed = seed;
    furnished = true;
  }

  /** A blurred room: a wall with a gradient, and soft patches of furniture and light. */
  private void paintRoom(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int hue = random.nextInt(0x1000000);
    int wall = Tone.mix(hue, 0x9A938A, 0.7f + 0.3f * (float) random.nextDouble());
    wall = Tone.scale(wall, 0.45f + 0.95f * (float) random.nextDouble());
    float slopeX = (float) random.nextDouble() - 0.5f;
    float slopeY = (float) random.nextDouble() - 0.5f;
    for (int y = 0; y < height; y++) {
      float v = (float) y / height - 0.5f;
      for (int x = 0; x < width; x++) {
        float factor = 1 + 0.6f * (slopeX * ((float) x / width - 0.5f) + slopeY * v);
        pixels[y * width + x] = Tone.scale(wall, factor);
      }
    }
    int patches = 2 + random.nextInt(5);
    for (int i = 0; i < patches; i++) {
      int rgb = Tone.mix(random.nextInt(0x1000000), wall, 0.72f);
      spot(
          (float) random.nextDouble() * width,
          (float) random.nextDouble() * height,
          (0.1f + 0.5f * (float) random.nextDouble()) * width,
          (0.1f + 0.5f * (float) random.nextDouble()) * height,
          1,
          0,
          rgb,
          0.8f);
    }
  }

  /** Side light, exposure and tint in one pass. */
  void light(FaceScene scene, float centerX, float centerY) {
    float byScale = 1 / (1.4f * head.scale());
    float strengthX = 0.5f * scene.lightStrength() * scene.lightX();
    float strengthY = 0.3f * scene.lightStrength() * scene.lightY();
    float red = 1 + 0.12f * scene.warmth();
    float blue = 1 - 0.14f * scene.warmth();
    for (int y = 0; y < height; y++) {
      float v = clampUnit((y - centerY) * byScale) * strengthY;
      for (int x = 0; x < width; x++) {
        float u = clampUnit((x - centerX) * byScale) * strengthX;
        float factor = 256 * scene.exposure() * (1 + u + v);
        int at = y * width + x;
        int old = pixels[at];
        int r = ((old >> 16 & 255) * (int) (factor * red)) >> 8;
        int g = ((old >> 8 & 255) * (int) factor) >> 8;
        int b = ((old & 255) * (int) (factor * blue)) >> 8;
        pixels[at] = Math.min(255, r) << 16 | Math.min(255, g) << 8 | Math.min(255, b);
      }
    }
  }

  /** Blends with the 3x3 binomial mean; {@code share} in [0, 1]. */
  void blur(float share) {
    if (share < 0.02f) {
      return;
    }
    System.arraycopy(pixels, 0, copy, 0, pixels.length);
    int mixed = (int) (256 * share);
    for (int y = 1; y < height - 1; y++) {
      for (int at = y * width + 1; at < y * width + width - 1; at++) {
        int result = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
          int center = copy[at] >> shift & 255;
          int sides =
              (copy[at - 1] >> shift & 255)
                  + (copy[at + 1] >> shift & 255)
                  + (copy[at - width] >> shift & 255)
                  + (copy[at + width] >> shift & 255);
          int corners =
              (copy[at - width - 1] >> shift & 255)
                  + (copy[at - width + 1] >> shift & 255)
                  + (copy[at + width - 1] >> shift & 255)
                  + (copy[at + width + 1] >> shift & 255);
          int mean = (4 * center + 2 * sides + corners) >> 4;
          result |= (center + (((mean - center) * mixed) >> 8)) << shift;
        }
        pixels[at] = result;
      }
    }
  }

  /** Adds noise that is nearly normal (a sum of four bytes), mostly grey with some colour. */
  void noise(float deviation, long seed) {
    if (deviation < 0.1f) {
      return;
    }
    float factor = deviation / 147.8f; // the standard deviation of a sum of four bytes
    long state = SyntheticPeople.mix(seed) | 1;
    for (int i = 0; i < pixels.length; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      int grey = sumOfBytes((int) state) - 510;
      int color = (int) (state >>> 56) - 128;
      float level = factor * grey;
      float tint = 0.6f * factor * color;
      int old = pixels[i];
      pixels[i] =
          Tone.limit((old >> 16 & 255) + level + tint) << 16
              | Tone.limit((old >> 8 & 255) + level) << 8
              | Tone.limit((old & 255) + level - tint);
    }
  }

  private static int sumOfBytes(int word) {
    return (word & 255) + (word >> 8 & 255) + (word >> 16 & 255) + (word >>> 24);
  }

  private static float clampUnit(float x) {
    return Math.max(-1, Math.min(1, x));
  }

  /** Writes rows from the top, red green blue. */
  void copyRgb(byte[] into, int offset) {
    int at = offset;
    for (int pixel : pixels) {
      into[at++] = (byte) (pixel >> 16);
      into[at++] = (byte) (pixel >> 8);
      into[at++] = (byte) pixel;
    }
  }

  /** Writes rows from the top, blue green red, as TYPE_3BYTE_BGR has them. */
  void copyBgr(byte[] into) {
    int at = 0;
    for (int pixel : pixels) {
      into[at++] = (byte) pixel;
      into[at++] = (byte) (pixel >> 8);
      into[at++] = (byte) (pixel >> 16);
    }
  }
}
